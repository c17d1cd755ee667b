// Computes one step of Lamb and Muon, as Keras 3 writes them, by TensorFlow.js operations. Nothing is
// written in place; all tensors are float32. Callers wrap these functions in tidy.

import {
  add,
  div,
  greater,
  matMul,
  mul,
  norm,
  ones,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
  where,
} from "@tensorflow/tfjs-core";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import { type AdamScalars, adamUpdate } from "./optimizerUpdate.ts";
import type { Powers } from "./repeatedRows.ts";

/**
 * Adam's step u, of the length of the weights: w −= learningRate ‖w‖ / ‖u‖ u; where either length is 0, w −= learningRate u.
 *
 * @returns the new weights, mean and mean square.
 */
export function lambUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  { learningRate, beta1, beta2, correction1, correction2, epsilon }: AdamScalars,
  powers: Powers,
): [Tensor, Tensor, Tensor] {
  const [mean, meanSquare] = moments as [Tensor, Tensor];
  const newMean = add(mul(beta1, mean), mul(1 - beta1, gradient));
  const newMeanSquare = add(mul(beta2, meanSquare), mul(1 - beta2, powers.square()));
  const step = div(div(newMean, correction1), add(sqrt(div(newMeanSquare, correction2)), epsilon));
  const [own, length] = [weights, step].map((one) => sqrt(sum(square(one)))) as [Tensor, Tensor];
  const hasBoth = greater(mul(own, length), 0);
  const ratio = where(hasBoth, div(own, where(hasBoth, length, ones([]))), ones([]));
  return [sub(weights, mul(mul(ratio, learningRate), step)), newMean, newMeanSquare];
}

/** How Muon makes a matrix orthogonal: x = a x + (b x xᵀ + c (x xᵀ)²) x, so many times. */
export interface Orthogonal {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly rounds: number;
}

/**
 * Of a matrix: m = momentum m + g, and with `nesterov` g + momentum m in its place; w −= learningRate · rmsRate √(longest side) ·
 * m made nearly orthogonal. Of any other variable, and of a table of rows: Adam's step.
 *
 * @param moments one for a matrix, two for Adam.
 * @returns the new weights and moments.
 */
export function muonUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  scalars: AdamScalars &
    Orthogonal & { readonly momentum: number; readonly nesterov: boolean; readonly rmsRate: number | null },
  powers: Powers,
): Tensor[] {
  const [first, second] = moments as [Tensor, Tensor | undefined];
  if (second) return adamUpdate(weights, gradient, first, second, scalars, powers);
  const { learningRate, momentum, nesterov, rmsRate } = scalars;
  const mean = add(mul(momentum, first), gradient);
  const ahead = nesterov ? add(gradient, mul(momentum, mean)) : mean;
  const length = rmsRate === null ? 1 : rmsRate * Math.sqrt(largestOf(weights.shape));
  return [sub(weights, mul(learningRate * length, orthogonal(ahead, scalars))), mean];
}

const SMALLEST_LENGTH = 1e-7;

function orthogonal(matrix: Tensor, { a, b, c, rounds }: Orthogonal): Tensor {
  const [rows = 1, columns = 1] = matrix.shape;
  const isTall = rows > columns;
  const flat = isTall ? transpose(matrix) : matrix;
  let made: Tensor = div(flat, add(norm(flat), SMALLEST_LENGTH));
  for (let round = 0; round < rounds; round++) {
    const squared = matMul(made as Tensor, transpose(made));
    made = add(mul(a, made), matMul(add(mul(b, squared), mul(c, matMul(squared, squared))), made as Tensor));
  }
  return isTall ? transpose(made) : made;
}
