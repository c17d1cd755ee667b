import { worstDifference } from "./worstDifference.ts";

/**
 * The difference in a gradient is divided by the gradient's largest number, or by this share of the model's largest if
 * that is greater. The gradient of a bias before a batch normalisation is 0 in theory and consists of rounding errors
 * in practice; 3e-7 of the largest was measured.
 */
const SMALL = 1e-2;

/**
 * Compares a model's gradients with a reference: it divides the largest difference in each gradient by the gradient's
 * largest number, and returns the greatest ratio.
 *
 * @returns infinity if a gradient is not finite or has another shape; null if the reference itself is not finite, so
 * that nothing can be compared with it.
 */
export function gradientDifference(
  gradients: readonly Float32Array[],
  reference: readonly Float32Array[],
): number | null {
  const sizes = reference.map((gradient) =>
    gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  if (!sizes.every(Number.isFinite)) return null;
  if (gradients.length !== reference.length) return Number.POSITIVE_INFINITY;
  const least = SMALL * Math.max(0, ...sizes);
  return Math.max(
    0,
    ...reference.map((values, index) => worstDifference(gradients[index] as Float32Array, values, least)),
  );
}
