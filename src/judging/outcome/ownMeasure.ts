// A subject's own error measure judges by its mean error over that of the best constant. The bounds of the laws are
// written for a squared error over its variance, and this file translates them.

import type { Measured } from "../../learning/measure/measureErrors.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";

/** Fewer examples may be alike by chance, and then a constant predicts them almost exactly. */
const ENOUGH_EXAMPLES = 16;

/**
 * Returns the error over that of the best constant; Infinity for an error that is not finite. If a constant predicts
 * these examples exactly, it returns the error itself.
 */
export function measuredRatio(measured: Measured): number {
  const { error, errors, errorOfConstant, constantInTraining } = measured;
  if (!Number.isFinite(error)) return Number.POSITIVE_INFINITY;
  const ofConstant =
    errors.length >= ENOUGH_EXAMPLES && errorOfConstant > 0 ? errorOfConstant : constantInTraining;
  return ofConstant > 0 ? error / ofConstant : error;
}

/**
 * Translates a bound on the squared error over its variance. An absolute error, or an angle, over that of a constant is
 * about the root of it. A measure that counts, such as wrong classes, gets `counted`.
 */
export function measuredBound({ degree }: Measured, squared: number, counted: number): number {
  if (degree === 0) return counted;
  return degree === 1 ? Math.sqrt(squared) : squared;
}

/** Whether an output has an own measure, and learns by it. */
export function learnsByMeasure(
  { measured }: Pick<OutputEvaluation, "measured">,
  squared: number,
  counted: number,
): boolean {
  return measured !== null && measuredRatio(measured) < measuredBound(measured, squared, counted);
}

/** Names the ratio, such as `cosineDistance / that of the best constant`. */
export function nameOfRatio({ name }: Measured): string {
  return `${name} / that of the best constant`;
}
