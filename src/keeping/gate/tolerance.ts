import { largestOf } from "../../foundation/numbers/extremes.ts";
import { judgedMetrics } from "./comparing/metrics.ts";
import type { Measurement } from "./measurement/measurement.ts";

/**
 * Returns the largest ratio between the errors of two runs of the same seed. On a GPU that sums in changing order it is
 * above 1, and no smaller difference can be held against a change.
 */
export function repeatTolerance(once: readonly Measurement[], again: readonly Measurement[]): number {
  const ratios = once.flatMap((first) => {
    const second = again.find(({ seed }) => seed === first.seed);
    // A run that diverged has no error to compare; the share of seeds that learn tells of it.
    const both = second && first.verdict !== "diverged" && second.verdict !== "diverged";
    return both ? judgedMetrics.map(({ badness }) => ratioOf(badness(first), badness(second))) : [];
  });
  return Math.max(1, largestOf(ratios));
}

/** Returns the greater over the smaller of two values by their logarithms; 1 where there are none. */
function ratioOf(one: number | null, other: number | null): number {
  return one === null || other === null ? 1 : Math.exp(Math.abs(one - other));
}
