import { worstDifference } from "./worstDifference.ts";

/** A gradient all of whose numbers are so much smaller than the largest of the model is rounding, and little else. */
const ROUNDING = 1e-4;

/**
 * How far the gradients of a model are from a reference: the largest difference in each, over the largest number in
 * it; the worst of them all.
 *
 * @returns infinite where one has a number that is none, or another shape; null where the reference itself is not
 * finite, and nothing can be compared with it.
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
  const least = ROUNDING * Math.max(0, ...sizes);
  return Math.max(
    0,
    ...reference.map((values, index) => worstDifference(gradients[index] as Float32Array, values, least)),
  );
}
