// Where the logarithmic term is the stronger one.
//
// With a = y + ε, b = ŷ + ε and L their logarithmic mean, the derivatives of (ŷ − y)² and α (ln b − ln a)² by ŷ are
// 2 (b − a) and 2 α (ln b − ln a) / b: of one sign always, and in the ratio 1 : α / (b L(a, b)). So the second is
// the larger exactly where b L(a, b) < α and y ≠ ŷ. On the unit square b L(a, b) reaches its greatest value,
// (1 + ε)², in the corner y = ŷ = 1: for α ≥ (1 + ε)² the claim holds on all of it off the diagonal.

import { logarithmOfRatio } from "./derivatives.ts";

/**
 * The logarithmic mean (b − a) / (ln b − ln a): between the geometric and the arithmetic one; a where a = b, and 0
 * where either is 0.
 *
 * @param a at least 0.
 * @param b at least 0.
 */
export function logarithmicMean(a: number, b: number): number {
  if (a === b) return a;
  return (b - a) / logarithmOfRatio(b, a);
}

/** The weight and the offset of a logarithmic term α (ln(ŷ + ε) − ln(y + ε))². */
export interface LogarithmicTerm {
  readonly alpha: number;
  readonly epsilon: number;
}

/**
 * Whether the logarithmic term has the larger derivative, in size, than (ŷ − y)².
 *
 * @param target y ≥ 0.
 * @param prediction ŷ ≥ 0.
 * @returns false where y = ŷ: both derivatives are 0.
 */
export function isLogarithmLarger(
  target: number,
  prediction: number,
  { alpha, epsilon }: LogarithmicTerm,
): boolean {
  if (target === prediction) return false;
  const b = prediction + epsilon;
  return b * logarithmicMean(target + epsilon, b) < alpha;
}

/**
 * The prediction below which the logarithmic term is the larger one, for a target: b L(a, b) grows with b, so there
 * is one. By bisection, to the last bit.
 *
 * @param target y ≥ 0.
 * @returns ŷ* ≥ 0; 0 where the term is the smaller one already there.
 */
export function boundaryPrediction(target: number, { alpha, epsilon }: LogarithmicTerm): number {
  const a = target + epsilon;
  const isLarger = (b: number) => b * logarithmicMean(a, b) < alpha;
  let low = epsilon;
  if (!isLarger(low)) return 0;
  let high = 1;
  while (isLarger(high)) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low - epsilon;
    if (isLarger(middle)) low = middle;
    else high = middle;
  }
}
