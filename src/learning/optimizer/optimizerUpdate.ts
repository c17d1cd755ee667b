/**
 * Computes one optimizer step of one variable, on any engine: with a single kernel if the engine has one (wasm),
 * otherwise with tfjs operations by the same formula. Nothing is written in place; the caller owns the results and
 * still owns the arguments. All tensors of a call have one shape and are float32.
 */
import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mul,
  sqrt,
  sub,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { type Powers, plainPowers } from "./repeatedRows.ts";

/** Adam's parameters for one step t, counted from 1. */
export interface AdamScalars {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** 1 - beta1^t */
  readonly correction1: number;
  /** 1 - beta2^t */
  readonly correction2: number;
  readonly epsilon: number;
}

/** Plain gradient descent. */
export interface SgdScalars {
  readonly learningRate: number;
}

/** Gradient descent with momentum. */
export interface MomentumScalars {
  readonly learningRate: number;
  readonly momentum: number;
}

/** RMSProp. */
export interface RmspropScalars {
  readonly learningRate: number;
  readonly decay: number;
  readonly epsilon: number;
}

/** Runs the kernel if the running backend has it and squares the gradient itself, otherwise the composed operations. */
function update<Outputs extends Tensor[]>(
  kernelName: string,
  inputs: Readonly<Record<string, Tensor>>,
  scalars: object,
  powers: Powers | null,
  compose: () => Outputs,
): Outputs {
  if (powers?.isPlain === false || !getKernel(kernelName, getBackend())) return tidy(compose);
  return engine().runKernel(kernelName, inputs, scalars as Record<string, number>) as unknown as Outputs;
}

/**
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²;
 * w -= learningRate * (m / correction1) / (sqrt(v / correction2) + epsilon). Keras's and tfjs' formula.
 *
 * @returns the new weights, mean (m) and mean square (v)
 */
export function adamUpdate(
  weights: Tensor,
  gradient: Tensor,
  mean: Tensor,
  meanSquare: Tensor,
  scalars: AdamScalars,
  powers: Powers = plainPowers(gradient),
): [Tensor, Tensor, Tensor] {
  return update("AdamUpdate", { weights, gradient, mean, meanSquare }, scalars, powers, () => {
    const { learningRate, beta1, beta2, correction1, correction2, epsilon } = scalars;
    const newMean = add(mul(beta1, mean), mul(1 - beta1, gradient));
    const newMeanSquare = add(mul(beta2, meanSquare), mul(1 - beta2, powers.square()));
    const step = div(div(newMean, correction1), add(sqrt(div(newMeanSquare, correction2)), epsilon));
    return [sub(weights, mul(learningRate, step)), newMean, newMeanSquare];
  });
}

/**
 * w -= learningRate g.
 *
 * @returns the new weights
 */
export function sgdUpdate(weights: Tensor, gradient: Tensor, scalars: SgdScalars): [Tensor] {
  return update("SgdUpdate", { weights, gradient }, scalars, null, () => [
    sub(weights, mul(scalars.learningRate, gradient)),
  ]);
}

/**
 * a = momentum a + g; w -= learningRate a.
 *
 * @returns the new weights and velocity (a)
 */
export function momentumUpdate(
  weights: Tensor,
  gradient: Tensor,
  velocity: Tensor,
  scalars: MomentumScalars,
): [Tensor, Tensor] {
  return update("MomentumUpdate", { weights, gradient, velocity }, scalars, null, () => {
    const newVelocity = add(mul(scalars.momentum, velocity), gradient);
    return [sub(weights, mul(scalars.learningRate, newVelocity)), newVelocity];
  });
}

/**
 * s = decay s + (1 - decay) g²; w -= learningRate g / (sqrt(s) + epsilon). As in Keras, epsilon is outside the root.
 *
 * @returns the new weights and mean square (s)
 */
export function rmspropUpdate(
  weights: Tensor,
  gradient: Tensor,
  meanSquare: Tensor,
  scalars: RmspropScalars,
  powers: Powers = plainPowers(gradient),
): [Tensor, Tensor] {
  return update("RmspropUpdate", { weights, gradient, meanSquare }, scalars, powers, () => {
    const { learningRate, decay, epsilon } = scalars;
    const newMeanSquare = add(mul(decay, meanSquare), mul(1 - decay, powers.square()));
    const step = div(gradient, add(sqrt(newMeanSquare), epsilon));
    return [sub(weights, mul(learningRate, step)), newMeanSquare];
  });
}
