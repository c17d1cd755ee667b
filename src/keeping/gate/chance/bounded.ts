import { median } from "simple-statistics";

/** Larger differences than so many times the usual size count as if they were that large. */
const MOST_SIZES = 1.5;

/**
 * Bounds the differences of pairs, so that a single seed of bad luck does not drown what all the others show.
 *
 * The bound depends on the sizes of the differences alone and not on their signs, so a sign-flip test of what is returned
 * is as exact as one of the differences themselves. Pairs without any difference say nothing about the usual size.
 */
export function boundDifferences(differences: readonly number[]): readonly number[] {
  const sizes = differences.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return differences;
  const most = MOST_SIZES * median(sizes);
  return differences.map((difference) => Math.max(-most, Math.min(most, difference)));
}

/**
 * Returns the Hodges–Lehmann estimate of the usual difference: the median of the means of any two. A few outliers do not
 * move it, and without them it is nearly as precise as the mean.
 */
export function usualDifference(differences: readonly number[]): number {
  const means = differences.flatMap((one, index) =>
    differences.slice(index).map((other) => (one + other) / 2),
  );
  return median(means);
}
