/**
 * Returns the largest difference between two lists of numbers, divided by the largest size in the second; infinity if a
 * number is not finite.
 *
 * @param least the smallest divisor, used if all numbers of the second list are smaller. @defaultValue 0
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
