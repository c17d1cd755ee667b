// The exact sign-flip permutation test. A pair of runs from one seed, before and after a change that makes nothing
// better or worse, could as well have come the other way round: the sign of their difference is a coin's toss.

/** Steps into which the sum of all differences is divided; the test is exact for the rounded differences. */
const RESOLUTION = 8192;

/**
 * Returns the probability that the sum of differences would be as large or larger if each sign were tossed by a coin.
 *
 * All 2ⁿ ways to deal the signs are counted, by dynamic programming over the possible sums, so that probabilities of a
 * millionth and less are exact. No sampling of permutations could show those.
 *
 * @param differences one for each pair; no more than a few hundred.
 * @returns 1 if there are none, or if all of them are 0.
 */
export function signFlipChance(differences: readonly number[]): number {
  const total = differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  if (!(total > 0)) return 1;
  const sizes = differences.map((difference) => Math.round((Math.abs(difference) / total) * RESOLUTION));
  const positive = sizes.reduce(
    (sum, size, index) => sum + ((differences[index] as number) > 0 ? size : 0),
    0,
  );
  const distribution = positiveSums(sizes);
  return Math.min(1, sumFrom(distribution, positive));
}

/** Returns the probability of each sum of the positive sizes, when each is positive with probability 1/2. */
function positiveSums(sizes: readonly number[]): Float64Array {
  const most = sizes.reduce((sum, size) => sum + size, 0);
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let sum = reached; sum >= 0; sum--)
      chances[sum] = ((chances[sum] as number) + (sum >= size ? (chances[sum - size] as number) : 0)) / 2;
  }
  return chances;
}

function sumFrom(chances: Float64Array, first: number): number {
  let sum = 0;
  for (let index = chances.length - 1; index >= first; index--) sum += chances[index] as number;
  return sum;
}
