// Whether a subject learns as it did. Seeds differ among themselves, so each metric's values over several
// seeds are compared with the baseline's by a one-sided permutation test of their means, and a difference
// counts only if it is both unlikely by chance and large enough for a person to care about.

import { permutationTest } from "simple-statistics";
import { average } from "../../foundation/numbers/statistics.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { Measurement } from "./measurement/measurement.ts";
import { learns, type Metric, metrics } from "./metrics.ts";

/** What became of one metric. */
export interface MetricChange {
  readonly metric: Metric;
  /** Means over the seeds, geometric where seeds spread by factors. */
  readonly baseline: number;
  readonly now: number;
  readonly kind: "regressed" | "improved";
  /** The chance of a difference as large if nothing had changed; 0 where it is below 1 / 20,000. */
  readonly p: number;
}

/**
 * The chance that noise passes for a change, for one metric in one direction, before {@link Metric.floor}
 * lowers it further. Five seeds against ten reach 1 / 3003.
 */
export const UNLIKELY = 0.001;

/** Enough to measure again from more seeds. */
export const SUSPICIOUS = 0.1;

const PERMUTATIONS = 20_000;

/**
 * The fewest seeds of a baseline: of two groups of so many, the one way in which all of the worse values lie on one
 * side is as unlikely as {@link UNLIKELY}. With fewer, no difference of means could ever fail the gate.
 */
export const FEWEST_SEEDS = 7;

/** The most: a comparison shuffles all of them {@link PERMUTATIONS} times for each metric. */
export const MOST_SEEDS = 100;

/** Every metric that changed. One list of seeds need not be the other, nor as long. */
export function compare(
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  likelihood: number,
): readonly MetricChange[] {
  return metrics.flatMap((metric) => compareMetric(metric, baseline, now, likelihood) ?? []);
}

/**
 * Whether there is reason enough to look at more seeds before judging. Where no seed at all learns any more,
 * more of them would only cost time.
 */
export function needsMoreSeeds(baseline: readonly Measurement[], now: readonly Measurement[]): boolean {
  if (now.every(({ verdict }) => verdict !== "learns") && newFailures(learns, baseline, now) > 1)
    return false;
  return (
    metrics.some((metric) => newFailures(metric, baseline, now) > 0) ||
    compare(baseline, now, SUSPICIOUS).some(({ kind }) => kind === "regressed")
  );
}

/** Seeds that fail, where the baseline's never did. */
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
  // A metric that one side lacks (held-out examples were added, say) has nothing to be compared with.
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

/** Drawn from a stream of its own, so that the same measurements are judged the same. */
function chanceOf(after: number[], before: number[], side: "greater" | "less", name: string): number {
  const { uniform } = seedStream(1, `gate/${name}`);
  return permutationTest(after, before, side, PERMUTATIONS, uniform);
}
