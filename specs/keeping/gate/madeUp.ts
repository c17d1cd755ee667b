import { type GatedSubject, noticeLostSeed } from "../../../src/keeping/gate/gatedSubject.ts";
import type { Measurement } from "../../../src/keeping/gate/measurement/measurement.ts";
import { metrics } from "../../../src/keeping/gate/metrics.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { tinyConfig } from "./tinyConfig.ts";

/** What a seed might have measured. */
export function madeUpMeasurement(seed: number, changes: Partial<Measurement> = {}): Measurement {
  return {
    seed,
    verdict: "learns",
    stepsToOverfitOne: 20,
    memorises: 20,
    widthNeeded: 0.25,
    finalLoss: 0.002,
    varianceRatio: 1,
    heldOutR2: 0.98,
    digest: null,
    curve: [1, 0.1, 0.01],
    ...changes,
  };
}

/** A subject that regressed in every metric. */
export function madeUpRegression(changes: Partial<GatedSubject> = {}): GatedSubject {
  const name = changes.name ?? "tiny";
  const measurements = [1, 2, 3].map((seed) =>
    madeUpMeasurement(seed, { verdict: "stalled", finalLoss: seed }),
  );
  const before = [1, 2, 3].map((seed) => madeUpMeasurement(seed));
  const config = parseConfig(tinyConfig());
  return {
    name,
    configFile: `${name}.json`,
    config,
    baseline: {
      version: 1,
      subject: name,
      configFile: `${name}.json`,
      engine: "wasm",
      config: { ...config },
      measurements: before,
    },
    measurements,
    configChanges: [],
    changes: [
      ...metrics.map((metric) => ({
        subject: name,
        metric,
        baseline: 1,
        now: 0,
        regressed: true,
        kind: "regressed" as const,
        p: 0.0001,
      })),
      ...noticeLostSeed(name, before, measurements.slice(0, 1)),
    ],
    ...changes,
  };
}
