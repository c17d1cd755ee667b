// Computes one step of Lion, Ftrl and Adafactor, as Keras 3 writes them, by TensorFlow.js operations. Nothing is written in
// place; all tensors are float32. Callers wrap these functions in tidy.

import {
  add,
  clipByValue,
  div,
  expandDims,
  maximum,
  mean,
  mul,
  pow,
  sign,
  sqrt,
  square,
  sub,
  type Tensor,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Powers } from "./repeatedRows.ts";

/**
 * w −= learningRate sign(beta1 m + (1 − beta1) g); m = beta2 m + (1 − beta2) g.
 *
 * @returns the new weights and mean (m).
 */
export function lionUpdate(
  weights: Tensor,
  gradient: Tensor,
  average: Tensor,
  scalars: { readonly learningRate: number; readonly beta1: number; readonly beta2: number },
): [Tensor, Tensor] {
  const { learningRate, beta1, beta2 } = scalars;
  const mix = (share: number) => add(mul(average, share), mul(gradient, 1 - share));
  return [sub(weights, mul(learningRate, sign(mix(beta1)))), mix(beta2)];
}

/**
 * a += g²; z += g + 2 shrinkage w − (a^−power − old a^−power) / learningRate · w, where a starts at `initialAccumulator`;
 * w = (z kept within ±l1 − z) / (a^−power / learningRate + 2 l2 + beta / learningRate).
 *
 * @param moments a − initialAccumulator, and z.
 * @returns the new weights and moments.
 */
export function ftrlUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  scalars: {
    readonly learningRate: number;
    readonly initialAccumulator: number;
    readonly power: number;
    readonly l1: number;
    readonly l2: number;
    readonly shrinkage: number;
    readonly beta: number;
  },
  powers: Powers,
): [Tensor, Tensor, Tensor] {
  const { learningRate, initialAccumulator, power, l1, l2, shrinkage, beta } = scalars;
  const [sum, linear] = moments as [Tensor, Tensor];
  const newSum = add(sum, powers.square());
  const raised = (one: Tensor) => pow(add(one, initialAccumulator), -power);
  const pulled = shrinkage === 0 ? gradient : add(gradient, mul(2 * shrinkage, weights));
  const risen = mul(div(sub(raised(newSum), raised(sum)), learningRate), weights);
  const newLinear = add(linear, sub(pulled, risen));
  const quadratic = add(div(raised(newSum), learningRate), 2 * (l2 + beta / (2 * learningRate)));
  return [div(sub(clipByValue(newLinear, -l1, l1), newLinear), quadratic), newSum, newLinear];
}

/** The moments of Adafactor: means over rows and over columns, or for a vector the mean square of each number. */
export function startOfAdafactor(variable: Tensor): Tensor[] {
  const { shape } = variable;
  if (shape.length < 2) return [zerosLike(variable)];
  return [zeros(shape.slice(0, -1)), zeros([...shape.slice(0, -2), shape.at(-1) as number])];
}

/**
 * With d = 1 − step^decayPower, the mean square v of the gradients decays by d; that of a matrix is put together of the means
 * of its rows and its columns. u = g / √v, shortened to a root mean square of `clipThreshold`;
 * w −= max(smallestSize, size of w) · min(learningRate, 1 / √step) · u.
 *
 * @param moments as {@link startOfAdafactor} gives them.
 * @param scalars `step` counts from 1.
 * @returns the new weights and moments.
 */
export function adafactorUpdate(
  weights: Tensor,
  gradient: Tensor,
  moments: readonly Tensor[],
  scalars: {
    readonly learningRate: number;
    readonly step: number;
    readonly decayPower: number;
    readonly epsilon: number;
    readonly smallestSize: number;
    readonly clipThreshold: number;
  },
  powers: Powers,
): Tensor[] {
  const { learningRate, step, decayPower, epsilon, smallestSize, clipThreshold } = scalars;
  // The last bit of Math.pow depends on the platform.
  const decay = Math.fround(1 - step ** decayPower);
  const squares = add(powers.square(), epsilon);
  const mix = (old: Tensor | undefined, now: Tensor) => add(mul(decay, old as Tensor), mul(1 - decay, now));
  const isTable = weights.rank >= 2;
  const next = isTable
    ? [mix(moments[0], mean(squares, -1)), mix(moments[1], mean(squares, -2))]
    : [mix(moments[0], squares)];
  const [first, columns] = next as [Tensor, Tensor];
  const ofRows = isTable ? expandDims(div(first, mean(first, -1, true)), -1) : first;
  const meanSquare = isTable ? mul(ofRows, expandDims(columns, -2)) : first;
  const long = div(gradient, sqrt(meanSquare));
  const size = (one: Tensor) => sqrt(mean(square(one)));
  const lengthOfStep = powers.isPlain ? size(long) : sqrt(mean(div(powers.square(), meanSquare)));
  const kept = div(long, maximum(1, div(lengthOfStep, clipThreshold)));
  const rate = mul(maximum(smallestSize, size(weights)), Math.min(learningRate, 1 / Math.sqrt(step)));
  return [sub(weights, mul(rate, kept)), ...next];
}
