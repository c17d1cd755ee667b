/** How rarely chance may give more than the bound. */
const RARE = 0.05;

/**
 * Returns the smallest whole number that events of a Poisson distribution reach with a probability below 0.05.
 *
 * @param mean how many are expected.
 */
export function mostByChance(mean: number): number {
  let probability = Math.exp(-mean);
  let below = 0;
  for (let count = 0; ; count++) {
    if (1 - below < RARE || count > 10 * mean + 100) return count;
    below += probability;
    probability *= mean / (count + 1);
  }
}
