/**
 * Holm's correction (1979): which of several tests may be believed together, so that the probability of believing any
 * that is true by chance alone is at most `level`, whether or not they depend on each other.
 *
 * @returns for each test, in order, whether it is rejected.
 */
export function holm(probabilities: readonly number[], level: number): boolean[] {
  const order = probabilities
    .map((_, place) => place)
    .sort((a, b) => (probabilities[a] as number) - (probabilities[b] as number));
  const stop = order.findIndex(
    (place, rank) => (probabilities[place] as number) > level / (order.length - rank),
  );
  const believed = new Set(stop < 0 ? order : order.slice(0, stop));
  return probabilities.map((_, place) => believed.has(place));
}
