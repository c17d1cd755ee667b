/**
 * The largest difference of two lists of numbers, over the largest of the second: infinite for what is no number.
 *
 * @param least what it is taken over where all of the second are smaller. @defaultValue 0
 */
export function worstDifference(values: ArrayLike<number>, reference: ArrayLike<number>, least = 0): number {
  if (values.length !== reference.length) return Number.POSITIVE_INFINITY;
  const scale = Array.from(reference, Math.abs).reduce((a, b) => Math.max(a, b), least) || 1;
  let worst = 0;
  for (let index = 0; index < reference.length; index++) {
    const difference = Math.abs((values[index] as number) - (reference[index] as number)) / scale;
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return worst;
}
