// The exact two-sample permutation test, for runs that share no seeds, or too few for a test of pairs.

import { leastOf } from "../../../foundation/numbers/extremes.ts";

/** Steps into which the sum of all values is divided; the test is exact for the rounded values. */
const RESOLUTION = 1024;

/**
 * Returns the probability that the mean of `after` would exceed the mean of `before` by as much or more if all values
 * were dealt anew to the two groups.
 *
 * Every way to deal them is counted, by dynamic programming over the number of values dealt and their sum.
 *
 * @returns 1 if a group is empty, or if all values are equal.
 */
export function twoSampleChance(after: readonly number[], before: readonly number[]): number {
  const all = [...after, ...before];
  const least = leastOf(all);
  const total = all.reduce((sum, value) => sum + (value - least), 0);
  if (after.length === 0 || before.length === 0 || !(total > 0)) return 1;
  // Counts, such as 0 and 1, need no rounding.
  const step = total <= RESOLUTION && all.every((value) => Number.isInteger(value)) ? 1 : total / RESOLUTION;
  const steps = all.map((value) => Math.round((value - least) / step));
  const observed = steps.slice(0, after.length).reduce((sum, step) => sum + step, 0);
  const counts = countSums(steps, after.length);
  const share = (first: number) => counts.subarray(first).reduce((sum, count) => sum + count, 0);
  return Math.min(1, share(observed) / share(0));
}

/** Counts the ways in which `chosen` of the values have each sum. */
function countSums(values: readonly number[], chosen: number): Float64Array {
  const ascending = values.toSorted((a, b) => a - b);
  const sums = [0];
  for (const value of ascending) sums.push((sums.at(-1) as number) + value);
  const sumOf = (count: number) => sums[count] as number;
  const rows = Array.from({ length: chosen + 1 }, () => new Float64Array(sumOf(values.length) + 1));
  (rows[0] as Float64Array)[0] = 1;
  ascending.forEach((value, index) => {
    const reached = index + 1;
    const fewest = Math.max(1, chosen - (values.length - reached));
    for (let count = Math.min(reached, chosen); count >= fewest; count--) {
      // So many of the first values cannot sum up to more than the greatest of them, nor to less than the smallest.
      const most = sumOf(reached) - sumOf(reached - count);
      addShifted(rows[count] as Float64Array, rows[count - 1] as Float64Array, value, {
        from: Math.max(value, sumOf(count)),
        to: most,
      });
    }
  });
  return rows[chosen] as Float64Array;
}

function addShifted(
  row: Float64Array,
  fewer: Float64Array,
  shift: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  for (let sum = from; sum <= to; sum++) row[sum] = (row[sum] as number) + (fewer[sum - shift] as number);
}
