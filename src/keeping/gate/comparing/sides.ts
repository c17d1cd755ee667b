import { sampleStandardDeviation } from "simple-statistics";
import { average } from "../../../foundation/numbers/statistics.ts";
import { studentQuantile } from "../../../foundation/numbers/student.ts";
import type { Measurement } from "../measurement/measurement.ts";
import type { Metric } from "./metrics.ts";

/** The badnesses of one metric on both sides of a comparison. */
export interface Sides {
  /** The baseline's, of the same seeds in the same order where it has all of them; else all of the baseline's. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** After less before, seed by seed; null where the baseline lacks a seed. */
  readonly differences: readonly number[] | null;
  /** All of the baseline's. */
  readonly everyBefore: readonly number[];
}

/** Collects what both sides measured; null if one side lacks the metric, for instance because it has no held-out set. */
export function pairUp(
  metric: Metric,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
): Sides | null {
  const known = valuesOf(metric, baseline);
  const measured = valuesOf(metric, now);
  if (known.size === 0 || measured.size === 0) return null;
  const after = [...measured.values()];
  const everyBefore = [...known.values()];
  const partners = [...measured.keys()].map((seed) => known.get(seed)).filter((value) => value !== undefined);
  if (partners.length < after.length) return { before: everyBefore, after, differences: null, everyBefore };
  const differences = after.map((value, index) => value - (partners[index] as number));
  return { before: partners, after, differences, everyBefore };
}

function valuesOf({ badness }: Metric, measurements: readonly Measurement[]): Map<number, number> {
  const values = new Map<number, number>();
  for (const measurement of measurements) {
    const value = badness(measurement);
    if (value !== null) values.set(measurement.seed, value);
  }
  return values;
}

/** The standard error of the difference of the means, and the degrees of freedom behind it. */
export interface Spread {
  readonly standardError: number;
  readonly freedom: number;
}

/** Student's t needs some freedom to be of use; groups of two or three seeds do not occur in a gate. */
export const LEAST_FREEDOM = 5;

/** Returns the spread of what was measured. */
export function spreadOf({ before, after, differences }: Sides): Spread {
  const squares = differences ? squaredError(differences) : squaredError(after) + squaredError(before);
  return { standardError: Math.sqrt(squares), freedom: Math.max(LEAST_FREEDOM, after.length - 1) };
}

/** The squared standard error of a mean. */
function squaredError(values: readonly number[]): number {
  return values.length < 2 ? 0 : sampleStandardDeviation([...values]) ** 2 / values.length;
}

/** Returns the confidence interval of the difference of the means. */
export function boundsOf(sides: Sides, confidence: number): { readonly low: number; readonly high: number } {
  const { standardError, freedom } = spreadOf(sides);
  const difference = average(sides.after) - average(sides.before);
  const reach = studentQuantile((1 + confidence) / 2, freedom) * standardError;
  return { low: difference - reach, high: difference + reach };
}
