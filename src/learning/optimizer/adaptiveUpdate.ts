// Computes one step of the optimizers that have no kernel of their own, by TensorFlow.js operations. Nothing is written
// in place; all tensors of a call have one shape and are float32. `powers`
// gives the squares and sizes that stand for g² and |g|. Callers wrap these functions in tidy.

import { add, div, maximum, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { Powers } from "./repeatedRows.ts";

/**
 * a += g²; w −= learningRate g / (√a + epsilon), where a starts at `initialAccumulator`; the root is √(a + epsilon) if
 * ε is added inside it.
 *
 * @param sum a − initialAccumulator.
 * @returns the new weights and sum.
 */
export function adagradUpdate(
  weights: Tensor,
  gradient: Tensor,
  sum: Tensor,
  scalars: {
    readonly learningRate: number;
    readonly initialAccumulator: number;
    readonly epsilon: number;
    readonly epsilonPlace?: "outsideRoot" | "insideRoot" | undefined;
  },
  powers: Powers,
): [Tensor, Tensor] {
  const { learningRate, initialAccumulator, epsilon, epsilonPlace } = scalars;
  const newSum = add(sum, powers.square());
  const total = add(newSum, initialAccumulator);
  const root = epsilonPlace === "insideRoot" ? sqrt(add(total, epsilon)) : add(sqrt(total), epsilon);
  const step = div(gradient, root);
  return [sub(weights, mul(learningRate, step)), newSum];
}

/**
 * a = decay a + (1 − decay) g²; s = g √(u + epsilon) / √(a + epsilon); u = decay u + (1 − decay) s²;
 * w −= learningRate s.
 *
 * @param moments mean square of the gradients (a) and of the steps (u).
 * @returns the new weights and moments.
 */
export function adadeltaUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  scalars: { readonly learningRate: number; readonly decay: number; readonly epsilon: number },
  powers: Powers,
): [Tensor, Tensor, Tensor] {
  const { learningRate, decay, epsilon } = scalars;
  const [gradients, steps] = moments as [Tensor, Tensor];
  const mix = (old: Tensor, squares: Tensor) => add(mul(decay, old), mul(1 - decay, squares));
  const newGradients = mix(gradients, powers.square());
  const ratio = div(sqrt(add(steps, epsilon)), sqrt(add(newGradients, epsilon)));
  const step = mul(gradient, ratio);
  const squaredSteps = powers.isPlain ? square(step) : mul(powers.square(), square(ratio));
  return [sub(weights, mul(learningRate, step)), newGradients, mix(steps, squaredSteps)];
}

/**
 * m = beta1 m + (1 − beta1) g; u = max(beta2 u, |g|); w −= learningRate / correction1 · m / (u + epsilon).
 *
 * @returns the new weights, mean (m) and largest gradient (u).
 */
export function adamaxUpdate(
  weights: Tensor,
  gradient: Tensor,
  mean: Tensor,
  largest: Tensor,
  scalars: {
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    /** 1 − beta1^t, for step t from 1. */
    readonly correction1: number;
  },
  powers: Powers,
): [Tensor, Tensor, Tensor] {
  const { learningRate, beta1, beta2, epsilon, correction1 } = scalars;
  const newMean = add(mul(beta1, mean), mul(1 - beta1, gradient));
  const newLargest = maximum(mul(beta2, largest), powers.size());
  const step = div(newMean, add(newLargest, epsilon));
  return [sub(weights, mul(learningRate / correction1, step)), newMean, newLargest];
}
