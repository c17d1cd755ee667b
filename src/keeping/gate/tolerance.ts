import type { Measurement } from "./measurement/measurement.ts";

/**
 * Returns the largest ratio between the errors of two runs of the same seed. On a GPU that sums in changing order it is
 * above 1, and no smaller difference can be held against a change.
 */
export function repeatTolerance(once: readonly Measurement[], again: readonly Measurement[]): number {
  const ratios = once.flatMap((first) => {
    const second = again.find(({ seed }) => seed === first.seed);
    return second
      ? [ratioOf(first.finalLoss, second.finalLoss), ratioOf(first.heldOutError, second.heldOutError)]
      : [];
  });
  return Math.max(1, ...ratios);
}

/** The greater over the smaller; 1 for values that have no ratio, which the comparison of verdicts judges. */
function ratioOf(one: number | null | undefined, other: number | null | undefined): number {
  if (!one || !other) return 1;
  return Math.max(one, other) / Math.min(one, other);
}
