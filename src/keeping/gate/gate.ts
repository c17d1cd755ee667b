// The gate measures each subject again and compares it with its baseline. It begins with a few seeds. Only if those
// look worse does it measure as many as the baseline has, so that a pass is quick and no subject fails on a few seeds.

import { LARGEST_SEED } from "../../foundation/random/seed.ts";
import type { NamedBaseline } from "./baseline.ts";
import { compare, needsMoreSeeds, UNLIKELY } from "./compare.ts";
import { configChanges } from "./configChanges.ts";
import { type GateChange, type GatedSubject, noticeDigests, noticeLostSeed } from "./gatedSubject.ts";
import { type MeasuringOptions, seedMeasurer } from "./measureSeeds.ts";
import type { SubjectConfig } from "./subjectConfig.ts";

/** Seeds of the first look; a one-sided test of five against ten can reach a probability of 1 in 3003. */
export const FIRST_LOOK = 5;

/** Approximate training steps of the ladder, for estimates of the time left. */
export const LADDER_STEPS = 1000;

/** Seeds of a baseline. */
export const BASELINE_SEEDS = 10;

export interface GateOptions extends Pick<MeasuringOptions, "engine" | "cache" | "all"> {
  /** The first of consecutive seeds. @defaultValue the baseline's seeds */
  readonly firstSeed?: number | undefined;
  /** Whether to measure every seed, as a new baseline needs. */
  readonly everySeed: boolean;
  readonly onProgress?: GateProgress | undefined;
}

export interface GateProgress {
  /** Called before the training steps of one seed; `seed` counts from 1 to `seeds`. */
  readonly begin: (subject: string, seed: number, seeds: number) => void;
  readonly step: () => void;
}

/** Measures one subject and compares it with its baseline, if it has one. */
export async function gateSubject(
  subject: SubjectConfig,
  baseline: NamedBaseline | undefined,
  options: GateOptions,
): Promise<GatedSubject> {
  const seeds = chooseSeeds(baseline, options.firstSeed);
  const { onProgress } = options;
  let count = 0;
  const measureSeeds = await seedMeasurer(subject.config, {
    ...options,
    onSeed: () => onProgress?.begin(subject.name, ++count, seeds.length),
    onProgress: ({ step }) => step > 0 && onProgress?.step(),
  });
  let now = await measureSeeds(options.everySeed ? seeds : seeds.slice(0, FIRST_LOOK));
  if (baseline && now.length < seeds.length && needsMoreSeeds(baseline.measurements, now))
    now = [...now, ...(await measureSeeds(seeds.slice(now.length)))];
  const changes: GateChange[] = baseline
    ? [
        ...compare(baseline.measurements, now, UNLIKELY).map((change) => ({
          subject: subject.name,
          ...change,
          regressed: change.kind === "regressed",
        })),
        ...noticeLostSeed(subject.name, baseline.measurements, now),
      ]
    : [];
  return {
    ...subject,
    baseline,
    measurements: now,
    configChanges: baseline ? configChanges(baseline.config, subject.config) : [],
    changes: [...changes, ...noticeDigests(subject.name, baseline?.measurements ?? [], now, changes)],
  };
}

function chooseSeeds(baseline: NamedBaseline | undefined, first: number | undefined): readonly number[] {
  if (baseline && first === undefined) return baseline.measurements.map(({ seed }) => seed);
  const from = first ?? 1;
  return Array.from({ length: BASELINE_SEEDS }, (_, index) => ((from - 1 + index) % LARGEST_SEED) + 1);
}
