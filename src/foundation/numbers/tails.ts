// Probabilities that chance alone gives a number as large as one that was measured.

/**
 * Returns the probability that a standard normal number is larger than `z`.
 *
 * The approximation of the complementary error function is Numerical Recipes' `erfcc`, whose relative error is at most
 * 1.2e-7 everywhere, so that far tails are right as well.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const polynomial = COEFFICIENTS.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
  const half = (t * Math.exp(-x * x + polynomial)) / 2;
  return z >= 0 ? half : 1 - half;
}

const COEFFICIENTS: readonly number[] = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/**
 * Returns the probability that a chi-squared number is larger than `value`, by the approximation of Wilson and Hilferty
 * (1931): the cube root is nearly normal. It is off by less than a tenth of itself down to 1e-3.
 *
 * @param degrees of freedom, at least 1.
 */
export function chiSquaredTail(value: number, degrees: number): number {
  const variance = 2 / (9 * degrees);
  return normalTail((Math.cbrt(value / degrees) - (1 - variance)) / Math.sqrt(variance));
}
