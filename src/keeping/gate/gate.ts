// The gate measures each subject again and compares it with its baseline. It looks several times: a few seeds pass
// what is clearly the same and fail what is clearly broken. Only where they cannot tell does it measure more.

import { laterSeed } from "../../foundation/random/seed.ts";
import type { NamedBaseline } from "./baseline.ts";
import { type Comparison, compare } from "./comparing/compare.ts";
import { BASELINE_FACTOR, LADDER_SEEDS, looksUpTo, type Plan } from "./comparing/plan.ts";
import { configChanges } from "./configChanges.ts";
import { type GatedSubject, listChanges } from "./gatedSubject.ts";
import type { Measurement } from "./measurement/measurement.ts";
import { type AskedSeed, type MeasureSeeds, type MeasuringOptions, seedMeasurer } from "./measureSeeds.ts";
import type { SubjectConfig } from "./subjectConfig.ts";

/** Approximate training steps of the ladder, for estimates of the time left. */
export const LADDER_STEPS = 1000;

export interface GateOptions
  extends Pick<MeasuringOptions, "engine" | "cache" | "all" | "signal" | "threads"> {
  /** The first of consecutive seeds. @defaultValue the baseline's seeds */
  readonly firstSeed?: number | undefined;
  /** The error rate of the whole gate, and for how many subjects it must last. */
  readonly falseAlarms: number;
  readonly subjects: number;
  readonly onProgress?: GateProgress | undefined;
}

export interface GateProgress {
  /** Called before the training steps of one seed; `seed` counts from 1 to `seeds`. */
  readonly begin: (subject: string, seed: number, seeds: number) => void;
  readonly step: () => void;
}

/** Measures one subject and compares it with its baseline. */
export async function gateSubject(
  subject: SubjectConfig,
  baseline: NamedBaseline,
  options: GateOptions,
): Promise<GatedSubject> {
  const plan = planFor(baseline, options);
  const seeds = seedsOf(baseline, options.firstSeed, plan.looks.at(-1) ?? 0);
  const measureSeeds = await visibly(subject, seeds.length, options);
  let now: readonly Measurement[] = [];
  const comparisons = await lookUntilDecided(baseline.measurements, plan, async (count) => {
    now = [...now, ...(await measureSeeds(seeds.slice(now.length, count)))];
    return now;
  });
  return judgeSubject(subject, baseline, now, comparisons);
}

/**
 * Looks as often as it takes to decide.
 *
 * @param measured gives the measurements of the first so many seeds.
 */
export async function lookUntilDecided(
  baseline: readonly Measurement[],
  plan: Plan,
  measured: (count: number) => Promise<readonly Measurement[]>,
): Promise<readonly Comparison[]> {
  let comparisons: readonly Comparison[] = [];
  for (const [look, count] of plan.looks.entries()) {
    comparisons = compare(baseline, await measured(count), plan, look);
    const failed = comparisons.some(({ kind }) => kind === "regressed");
    if (failed || comparisons.every(({ settled }) => settled)) break;
  }
  return comparisons;
}

/** Puts together a subject and what was found of it. */
export function judgeSubject(
  subject: SubjectConfig,
  baseline: NamedBaseline | undefined,
  measurements: readonly Measurement[],
  comparisons: readonly Comparison[],
): GatedSubject {
  return {
    ...subject,
    baseline,
    measurements,
    configChanges: baseline ? configChanges(baseline.config, subject.config) : [],
    comparisons,
    changes: listChanges(subject.name, baseline?.measurements ?? [], measurements, comparisons),
  };
}

/** Returns what a gate with this baseline may spend: half as many seeds as the baseline has. */
export function planFor(
  { measurements, floor, tolerance }: NamedBaseline,
  { falseAlarms, subjects }: Pick<GateOptions, "falseAlarms" | "subjects">,
): Plan {
  const most = Math.floor(measurements.length / BASELINE_FACTOR);
  return { falseAlarms, subjects, floor: Math.max(floor.ratio, tolerance), looks: looksUpTo(most) };
}

/** Measures seeds and tells the progress. */
export function visibly(
  { name, config }: SubjectConfig,
  seeds: number,
  options: Omit<GateOptions, "falseAlarms" | "subjects">,
): Promise<MeasureSeeds> {
  const { onProgress } = options;
  let count = 0;
  return seedMeasurer(config, {
    ...options,
    onSeed: () => onProgress?.begin(name, ++count, seeds),
    onProgress: ({ step }) => step > 0 && onProgress?.step(),
  });
}

function seedsOf(
  { measurements }: NamedBaseline,
  first: number | undefined,
  count: number,
): readonly AskedSeed[] {
  return measurements.slice(0, count).map(({ seed }, index) => ({
    seed: first === undefined ? seed : laterSeed(first, index),
    ladder: index < LADDER_SEEDS,
  }));
}
