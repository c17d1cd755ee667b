// This file decides whether a subject learns as well as its baseline. Seeds differ among themselves, so a one-sided
// permutation test compares each metric's mean over several seeds with the baseline's. A difference counts only if it
// is both unlikely by chance and large enough to matter to a person.

import { permutationTest } from "simple-statistics";
import { average } from "../../foundation/numbers/statistics.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { Measurement } from "./measurement/measurement.ts";
import { learns, type Metric, metrics } from "./metrics.ts";

/** The change of one metric. */
export interface MetricChange {
  readonly metric: Metric;
  /** Means over the seeds; geometric means for metrics that vary by factors. */
  readonly baseline: number;
  readonly now: number;
  readonly kind: "regressed" | "improved";
  /** The probability of so large a difference if nothing had changed; 0 if it is below 1 / 20,000. */
  readonly p: number;
}

/**
 * The significance level for one metric in one direction; {@link Metric.floor} makes false alarms rarer still. Five
 * seeds against ten can reach 1 / 3003.
 */
export const UNLIKELY = 0.001;

/** Below this probability, the gate measures again from more seeds. */
export const SUSPICIOUS = 0.1;

const PERMUTATIONS = 20_000;

/**
 * The fewest seeds of a baseline. With two groups of so many seeds, the most extreme permutation is as unlikely as
 * {@link UNLIKELY}. With fewer, no difference of means could ever fail the gate.
 */
export const FEWEST_SEEDS = 7;

/** The most seeds, because a comparison shuffles all of them {@link PERMUTATIONS} times for each metric. */
export const MOST_SEEDS = 100;

/** Returns every metric that changed. The two lists may have different seeds and lengths. */
export function compare(
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  likelihood: number,
): readonly MetricChange[] {
  return metrics.flatMap((metric) => compareMetric(metric, baseline, now, likelihood) ?? []);
}

/**
 * Whether the gate should measure more seeds before it judges. If no seed learns any more, further seeds would only
 * cost time.
 */
export function needsMoreSeeds(baseline: readonly Measurement[], now: readonly Measurement[]): boolean {
  if (now.every(({ verdict }) => verdict !== "learns") && newFailures(learns, baseline, now) > 1)
    return false;
  return (
    metrics.some((metric) => newFailures(metric, baseline, now) > 0) ||
    compare(baseline, now, SUSPICIOUS).some(({ kind }) => kind === "regressed")
  );
}

/** Reports seeds that fail if none of the baseline's seeds did. */
function newFailures(
  { failure }: Metric,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
): number {
  return failure && !baseline.some(failure.of) ? now.filter(failure.of).length : 0;
}

function compareMetric(
  metric: Metric,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  likelihood: number,
): MetricChange | null {
  const before = badnesses(metric, baseline);
  const after = badnesses(metric, now);
  // A metric that one side lacks, for instance because held-out examples were added, cannot be compared.
  if (before.length === 0 || after.length === 0) return null;
  const difference = average(after) - average(before);
  const change = {
    metric,
    baseline: metric.unscale(average(before)),
    now: metric.unscale(average(after)),
  };
  if (metric.failure && newFailures(metric, baseline, now) >= metric.failure.enough)
    return { ...change, kind: "regressed", p: chanceOf(after, before, "greater", metric.name) };
  if (Math.abs(difference) < metric.floor) return null;
  const p = chanceOf(after, before, difference > 0 ? "greater" : "less", metric.name);
  return p > likelihood ? null : { ...change, kind: difference > 0 ? "regressed" : "improved", p };
}

function badnesses({ badness }: Metric, measurements: readonly Measurement[]): number[] {
  return measurements.map(badness).filter((value) => value !== null);
}

/** Estimates the probability with a random stream of its own, so that the same measurements get the same result. */
function chanceOf(after: number[], before: number[], side: "greater" | "less", name: string): number {
  const { uniform } = seedStream(1, `gate/${name}`);
  return permutationTest(after, before, side, PERMUTATIONS, uniform);
}
