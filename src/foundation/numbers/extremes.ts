// `Math.max(...values)` hands every number over as an argument, and a call takes about a hundred thousand of them: less than
// the pixels of one picture.

/** Returns the largest of some numbers; −∞ for none, NaN if one is NaN. @example largestOf([1, 3, 2]) // 3 */
export function largestOf(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** Returns the least of some numbers; ∞ for none, NaN if one is NaN. @example leastOf([2, 1, 3]) // 1 */
export function leastOf(values: Iterable<number>): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const value of values) fewest = Math.min(fewest, value);
  return fewest;
}
