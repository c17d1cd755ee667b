import { type NamedBaseline, USUAL_FLOOR } from "../../../src/keeping/gate/baseline.ts";
import type { Comparison } from "../../../src/keeping/gate/comparing/compare.ts";
import { type Metric, metrics } from "../../../src/keeping/gate/comparing/metrics.ts";
import { FALSE_ALARMS } from "../../../src/keeping/gate/comparing/plan.ts";
import { type GatedSubject, listChanges } from "../../../src/keeping/gate/gatedSubject.ts";
import { type GateResult, gatherResult } from "../../../src/keeping/gate/gateResult.ts";
import type { Measurement } from "../../../src/keeping/gate/measurement/measurement.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { tinyConfig } from "./tinyConfig.ts";

/** What a seed might have measured. */
export function madeUpMeasurement(seed: number, changes: Partial<Measurement> = {}): Measurement {
  return {
    seed,
    verdict: "learns",
    finalLoss: 0.002,
    varianceRatio: 1,
    heldOutError: 0.02,
    ladder: { stepsToOverfitOne: 20, memorises: 20, widthNeeded: 0.25 },
    digest: null,
    curve: [1, 0.1, 0.01],
    ...changes,
  };
}

/** A baseline of made-up measurements. */
export function madeUpBaseline(measurements: readonly Measurement[], name = "tiny"): NamedBaseline {
  return {
    version: 2,
    subject: name,
    configFile: `${name}.json`,
    engine: "wasm",
    config: { ...parseConfig(tinyConfig()) },
    reason: "first baseline",
    acceptedWorse: false,
    floor: USUAL_FLOOR,
    tolerance: 1,
    measurements: [...measurements],
  };
}

/** A comparison that says of a metric that it regressed. */
function madeUpComparison(metric: Metric): Comparison {
  return {
    metric,
    baseline: 1,
    now: 2,
    level: 2,
    ratio: metric.scale === "ratio" ? 2 : null,
    interval: metric.scale === "ratio" ? [1.5, 2.5] : null,
    p: 1e-7,
    seeds: 3,
    paired: true,
    power: { detects: 1.25, probability: 0.9, seeds: 64 },
    kind: "regressed",
    settled: true,
  };
}

/** A subject that regressed in every metric. */
export function madeUpRegression(changes: Partial<GatedSubject> = {}): GatedSubject {
  const name = changes.name ?? "tiny";
  const measurements = [1, 2, 3].map((seed) =>
    madeUpMeasurement(seed, { verdict: "stalled", finalLoss: seed }),
  );
  const before = [1, 2, 3].map((seed) => madeUpMeasurement(seed));
  const comparisons = metrics.map(madeUpComparison);
  return {
    name,
    configFile: `${name}.json`,
    config: parseConfig(tinyConfig()),
    baseline: madeUpBaseline(before, name),
    measurements,
    configChanges: [],
    comparisons,
    changes: listChanges(name, before, measurements.slice(0, 1), comparisons),
    ...changes,
  };
}

/** The result of a gate that compared these subjects. */
export function madeUpResult(subjects: readonly GatedSubject[], about: Partial<GateResult> = {}): GateResult {
  const usual = { engine: "wasm", mode: "compared", falseAlarms: FALSE_ALARMS, reason: null } as const;
  return gatherResult(subjects, { ...usual, kept: [], unchanged: [], ...about });
}
