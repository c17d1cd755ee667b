/**
 * The least MSE / Var(Y) that predictions of a variance ratio can reach: (1 − √ratio)².
 *
 * For any predictions at all: MSE is Var(Ŷ − Y) plus the square of the means' difference, and by Cauchy and Schwarz
 * Var(Ŷ − Y) ≥ (√Var(Ŷ) − √Var(Y))². Averaged over several outputs it holds likewise. Equality where predictions
 * are the targets stretched about their mean.
 *
 * @param varianceRatio Var(Ŷ) / Var(Y), at least 0.
 */
export function leastErrorOverVariance(varianceRatio: number): number {
  return (1 - Math.sqrt(varianceRatio)) ** 2;
}
