// The losses' derivatives written down, in double precision: what automatic differentiation is held against, and
// where the laws of the logarithmic term are read off.

import type { LossConfig } from "../../../src/learning/config/schema.ts";

/** The losses that are a mean over the elements of a function of one target and one prediction, by formula. */
export type ElementwiseLossConfig = Extract<
  LossConfig,
  { name: "mse" | "mae" | "huber" | "msle" | "mse+msle" }
>;

/**
 * The derivative of one element's loss by its prediction.
 *
 * @param target y, any finite number; above −epsilon for the losses with a logarithm.
 * @param prediction ŷ, likewise.
 * @returns 0 at a kink of `mae`, as training has it; NaN where the logarithm of a negative number is asked for.
 */
export function lossDerivative(config: ElementwiseLossConfig, target: number, prediction: number): number {
  const error = prediction - target;
  switch (config.name) {
    case "mse":
      return squaredErrorDerivative(target, prediction);
    case "mae":
      return Math.sign(error);
    case "huber":
      return Math.max(-config.delta, Math.min(config.delta, error));
    case "msle":
      return squaredLogErrorDerivative(target, prediction, config.epsilon);
    case "mse+msle":
      return (
        squaredErrorDerivative(target, prediction) +
        config.alpha * squaredLogErrorDerivative(target, prediction, config.epsilon)
      );
  }
}

/** d (ŷ − y)² / dŷ. */
export function squaredErrorDerivative(target: number, prediction: number): number {
  return 2 * (prediction - target);
}

/** d (ln b − ln a)² / dŷ with a = y + ε and b = ŷ + ε. */
export function squaredLogErrorDerivative(target: number, prediction: number, epsilon: number): number {
  const a = target + epsilon;
  const b = prediction + epsilon;
  if (a < 0 || b < 0) return Number.NaN;
  return (2 * logarithmOfRatio(b, a)) / b;
}

/** ln(b / a), to the last digits also where the two nearly agree. */
export function logarithmOfRatio(b: number, a: number): number {
  const ratio = b / a;
  return ratio > 0.5 && ratio < 2 ? Math.log1p((b - a) / a) : Math.log(b) - Math.log(a);
}
