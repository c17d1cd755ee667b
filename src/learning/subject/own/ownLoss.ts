// A loss that a project wrote, or took from TensorFlow.js, made safe to train with.

import { grad, mean, type Scalar, Tensor, tidy } from "@tensorflow/tfjs-core";
import { reasonOf } from "../../../foundation/input/reason.ts";
import type { Loss } from "../../loss/loss.ts";
import { ask, type Callback, wrongAnswer } from "./blame.ts";
import { isPromise } from "./later.ts";

/** A loss as a project may write it: a scalar, or one value for each example, of which the mean is taken. */
export type WrittenLoss = (targets: Tensor, predictions: Tensor) => Tensor;

/**
 * The loss as training wants it. At its first call it is shown to lead from the predictions to the loss by operations
 * that have gradients.
 *
 * @throws {InputError} from the loss: it threw, gave no tensor of the right shape, or has no gradient.
 */
export function ownLoss(subject: string, written: WrittenLoss): Loss {
  const callback: Callback = { subject, name: "loss" };
  const compute = (targets: Tensor, predictions: Tensor) =>
    tidy(() => toScalar(callback, written, targets, predictions));
  let isShown = false;
  return (targets, predictions) => {
    if (!isShown) refuseNoGradient(callback, compute, targets, predictions);
    isShown = true;
    return compute(targets, predictions);
  };
}

function toScalar(callback: Callback, written: WrittenLoss, targets: Tensor, predictions: Tensor): Scalar {
  const value: unknown = ask(callback, () => written(targets, predictions));
  if (isPromise(value)) {
    // What it rejects with later is of no use any more.
    value.catch(() => {});
    throw wrongAnswer(
      callback,
      "must return its value at once; write it without async and await",
      "a promise",
    );
  }
  if (!(value instanceof Tensor))
    throw wrongAnswer(callback, "must return a scalar tensor; make it by operations of TensorFlow.js", value);
  const [count] = predictions.shape;
  if (value.rank === 1 && value.shape[0] === count) return mean(value) as Scalar;
  if (value.size === 1) return value.rank === 0 ? (value as Scalar) : (mean(value) as Scalar);
  throw wrongAnswer(
    callback,
    "must return a scalar, or one value for each example; take the mean of it",
    `a tensor of shape [${value.shape.join(", ")}]`,
  );
}

function refuseNoGradient(callback: Callback, loss: Loss, targets: Tensor, predictions: Tensor): void {
  // Beforehand, so that what is wrong with the loss itself is told first.
  loss(targets, predictions).dispose();
  try {
    tidy(() => grad((answers: Tensor) => loss(targets, answers))(predictions).dispose());
  } catch (error) {
    throw wrongAnswer(
      callback,
      `must depend on the predictions by operations that have gradients (${reasonOf(error)}); correct it`,
      "a loss without a gradient",
    );
  }
}
