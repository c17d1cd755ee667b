import { worstDifference } from "./worstDifference.ts";

/**
 * A gradient all of whose numbers are smaller than this share of the model's largest is taken over that share. That of a
 * bias before a batch normalisation is 0, and what comes out is rounding: 3e-7 of the largest was measured.
 */
const SMALL = 1e-2;

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
  const least = SMALL * Math.max(0, ...sizes);
  return Math.max(
    0,
    ...reference.map((values, index) => worstDifference(gradients[index] as Float32Array, values, least)),
  );
}
