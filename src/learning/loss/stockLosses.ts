// Losses that TensorFlow.js and Keras name, with their formulas. Each returns one value for each element or each row;
// the caller averages them. All tensors have the shape of the predictions, and the last axis holds the outputs.

import {
  abs,
  add,
  clipByValue,
  div,
  log,
  max,
  mul,
  neg,
  relu,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** Keras's ε. */
export const EPSILON = 1e-7;
const LARGEST = 3.4e38;

type Elementwise = (targets: Tensor, predictions: Tensor) => Tensor;

/** Computes 100 · |y − ŷ| / max(|y|, ε) of each element. */
const meanAbsolutePercentageError: Elementwise = (targets, predictions) =>
  mul(100, abs(div(sub(targets, predictions), clipByValue(abs(targets), EPSILON, LARGEST))));

/** Computes (ln(1 + y) − ln(1 + ŷ))² of each element; values below ε count as ε. */
const meanSquaredLogarithmicError: Elementwise = (targets, predictions) => {
  const logOf = (values: Tensor) => log(add(1, clipByValue(values, EPSILON, LARGEST)));
  return square(sub(logOf(predictions), logOf(targets)));
};

/** Computes max(0, 1 − y ŷ) of each element; the targets are −1 and 1. */
const hinge: Elementwise = (targets, predictions) => relu(sub(1, mul(targets, predictions)));

/** Computes the square of {@link hinge}. */
const squaredHinge: Elementwise = (targets, predictions) => square(hinge(targets, predictions));

/** Computes max(0, 1 + the largest output of a wrong class − the output of the right one) of each row. */
const categoricalHinge: Elementwise = (targets, predictions) => {
  const right = sum(mul(targets, predictions), -1);
  const wrong = max(mul(sub(1, targets), predictions), -1);
  return relu(add(1, sub(wrong, right)));
};

/** Computes ln cosh(ŷ − y) of each element, in a form that does not overflow. */
const logcosh: Elementwise = (targets, predictions) => {
  const error = sub(predictions, targets);
  return sub(add(error, softplus(mul(-2, error))), Math.LN2);
};

/** Computes Σ y ln(y / ŷ) of each row; both are clipped to [ε, 1] inside the logarithm. */
const kullbackLeiblerDivergence: Elementwise = (targets, predictions) => {
  const clip = (values: Tensor) => clipByValue(values, EPSILON, 1);
  return sum(mul(targets, log(div(clip(targets), clip(predictions)))), -1);
};

/** Computes ŷ − y ln(ŷ + ε) of each element. */
const poisson: Elementwise = (targets, predictions) =>
  sub(predictions, mul(targets, log(add(predictions, EPSILON))));

/** Computes minus the cosine of the angle between the targets and the predictions of each row. */
const cosineProximity: Elementwise = (targets, predictions) => {
  const unit = (values: Tensor) =>
    div(values, sqrt(clipByValue(sum(square(values), -1, true), EPSILON, LARGEST)));
  return neg(sum(mul(unit(targets), unit(predictions)), -1));
};

/** The losses by their names in a config. */
export const stockLosses = {
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  hinge,
  squaredHinge,
  categoricalHinge,
  logcosh,
  kullbackLeiblerDivergence,
  poisson,
  cosineProximity,
} as const;
