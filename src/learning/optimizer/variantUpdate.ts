// Computes one step of the variants of the optimizers, by TensorFlow.js operations. Nothing is written in place; all
// tensors of a call have one shape and are float32. Callers wrap these functions in tidy.

import { add, div, maximum, mul, sqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import type { AdamScalars } from "./optimizerUpdate.ts";
import type { Powers } from "./repeatedRows.ts";

/**
 * v = momentum v + learningRate g; w −= v, or with `nesterov` w −= momentum v + learningRate g.
 *
 * @returns the new weights and velocity (v).
 */
export function velocityUpdate(
  weights: Tensor,
  gradient: Tensor,
  velocity: Tensor,
  scalars: { readonly learningRate: number; readonly momentum: number; readonly nesterov: boolean },
): [Tensor, Tensor] {
  const { learningRate, momentum, nesterov } = scalars;
  const step = mul(learningRate, gradient);
  const newVelocity = add(mul(momentum, velocity), step);
  return [sub(weights, nesterov ? add(mul(momentum, newVelocity), step) : newVelocity), newVelocity];
}

/**
 * s = decay s + (1 − decay) g²; m = decay m + (1 − decay) g if `centered`; v = momentum v + learningRate g / root(s − m²);
 * w −= v. The root is √(s + ε) if `epsilonInside`, otherwise √s + ε.
 *
 * @param moments mean square (s), mean (m) and velocity (v).
 * @returns the new weights and moments.
 */
export function rmspropWithMomentumUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  scalars: {
    readonly learningRate: number;
    readonly decay: number;
    readonly epsilon: number;
    readonly epsilonInside: boolean;
    readonly momentum: number;
    readonly centered: boolean;
  },
  powers: Powers,
): [Tensor, Tensor, Tensor, Tensor] {
  const { learningRate, decay, epsilon, epsilonInside, momentum, centered } = scalars;
  const [meanSquare, mean, velocity] = moments as [Tensor, Tensor, Tensor];
  const mix = (old: Tensor, value: Tensor) => add(mul(decay, old), mul(1 - decay, value));
  const newMeanSquare = mix(meanSquare, powers.square());
  const newMean = centered ? mix(mean, gradient) : mean.clone();
  const spread = centered ? sub(newMeanSquare, square(newMean)) : newMeanSquare;
  const root = epsilonInside ? sqrt(add(spread, epsilon)) : add(sqrt(spread), epsilon);
  const newVelocity = add(mul(momentum, velocity), div(mul(learningRate, gradient), root));
  return [sub(weights, newVelocity), newMeanSquare, newMean, newVelocity];
}

/**
 * Adam's formula with the largest mean square so far in place of the present one.
 *
 * @param moments mean, mean square and the largest mean square.
 * @returns the new weights and moments.
 */
export function amsgradUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  { learningRate, beta1, beta2, correction1, correction2, epsilon }: AdamScalars,
  powers: Powers,
): [Tensor, Tensor, Tensor, Tensor] {
  const [mean, meanSquare, largest] = moments as [Tensor, Tensor, Tensor];
  const newMean = add(mul(beta1, mean), mul(1 - beta1, gradient));
  const newMeanSquare = add(mul(beta2, meanSquare), mul(1 - beta2, powers.square()));
  const newLargest = maximum(largest, newMeanSquare);
  const step = div(div(newMean, correction1), add(sqrt(div(newLargest, correction2)), epsilon));
  return [sub(weights, mul(learningRate, step)), newMean, newMeanSquare, newLargest];
}

/**
 * m = beta1 m + (1 − beta1) g; v = beta2 v + (1 − beta2) g²;
 * w −= learningRate (ofMean m + ofGradient g) / (√(v / correction2) + ε), as Keras writes Nadam.
 *
 * @returns the new weights, mean (m) and mean square (v).
 */
export function nadamUpdate(
  weights: Tensor,
  gradient: Tensor,
  mean: Tensor,
  meanSquare: Tensor,
  scalars: {
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly ofMean: number;
    readonly ofGradient: number;
    readonly correction2: number;
  },
  powers: Powers,
): [Tensor, Tensor, Tensor] {
  const { learningRate, beta1, beta2, epsilon, ofMean, ofGradient, correction2 } = scalars;
  const newMean = add(mul(beta1, mean), mul(1 - beta1, gradient));
  const newMeanSquare = add(mul(beta2, meanSquare), mul(1 - beta2, powers.square()));
  const ahead = add(mul(ofMean, newMean), mul(ofGradient, gradient));
  const step = div(ahead, add(sqrt(div(newMeanSquare, correction2)), epsilon));
  return [sub(weights, mul(learningRate, step)), newMean, newMeanSquare];
}
