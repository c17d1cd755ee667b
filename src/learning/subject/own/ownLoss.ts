// Checks a loss that a project wrote, or took from TensorFlow.js, so that training can use it safely.

import { grad, mean, mul, reshape, type Scalar, Tensor, tidy } from "@tensorflow/tfjs-core";
import { reasonOf } from "../../../foundation/input/reason.ts";
import { shareLogarithms } from "../../loss/logarithmDomain.ts";
import { type Loss, perExample, perWeight } from "../../loss/loss.ts";
import { ask, type Callback, wrongAnswer } from "./blame.ts";
import { isPromise } from "./later.ts";

/** A loss as a project may write it. It returns a scalar or one value for each example, which are averaged. */
export type WrittenLoss = (targets: Tensor, predictions: Tensor) => Tensor;

/** The project's function behind a wrapped loss. */
const written = new WeakMap<Loss, WrittenLoss>();

/** Returns the function that a project wrote for a loss; the loss itself where it is no wrapped one. */
export function writtenLoss(loss: Loss): object {
  return written.get(loss) ?? loss;
}

/**
 * Wraps a custom loss for training. Its first call verifies that the loss depends on the predictions through operations
 * that have gradients.
 *
 * @throws {InputError} from the loss, if it throws, gives no tensor of the right shape, or has no gradient.
 */
export function ownLoss(subject: string, given: WrittenLoss): Loss {
  const callback: Callback = { subject, name: "loss" };
  const compute = (targets: Tensor, predictions: Tensor, weights?: Tensor) =>
    tidy(() => toScalar(callback, given, targets, predictions, weights));
  let isShown = false;
  const loss: Loss = (targets, predictions, weights) => {
    if (!isShown) refuseNoGradient(callback, compute, targets, predictions);
    isShown = true;
    return compute(targets, predictions, weights);
  };
  written.set(loss, given);
  shareLogarithms(given, loss);
  return loss;
}

function toScalar(
  callback: Callback,
  given: WrittenLoss,
  targets: Tensor,
  predictions: Tensor,
  weights?: Tensor,
): Scalar {
  const value: unknown = ask(callback, () => given(targets, predictions));
  if (isPromise(value)) {
    // A later rejection is ignored, because the error below is thrown anyway.
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
  if (weights) return weighted(callback, value, weights);
  if (value.rank === 1 && value.shape[0] === count) return mean(value) as Scalar;
  if (value.rank > 1 && value.rank < predictions.rank && value.shape[0] === count)
    return mean(value) as Scalar;
  if (value.size === 1) return value.rank === 0 ? (value as Scalar) : (mean(value) as Scalar);
  throw wrongAnswer(
    callback,
    "must return a scalar, or one value for each example; take the mean of it",
    `a tensor of shape [${value.shape.join(", ")}]`,
  );
}

/** Weighs the value of each example. */
function weighted(callback: Callback, value: Tensor, weights: Tensor): Scalar {
  const isEach = value.rank >= 1 && value.shape[0] === weights.shape[0];
  if (isEach && weights.rank === 1) return mean(mul(weights, perExample(value))) as Scalar;
  if (isEach && value.size % weights.size === 0)
    return mean(mul(weights, perWeight(value, weights))) as Scalar;
  // Keras weighs one number for all, or for each example, at every step alike.
  if (weights.rank > 1 && (isEach || value.size === 1))
    return mean(mul(weights, reshape(isEach ? perExample(value) : value, [-1, 1]))) as Scalar;
  throw wrongAnswer(
    callback,
    "must return one value for each example, since the examples have weights; leave out the mean over the batch",
    `a tensor of shape [${value.shape.join(", ")}]`,
  );
}

function refuseNoGradient(callback: Callback, loss: Loss, targets: Tensor, predictions: Tensor): void {
  // The loss is computed once before its gradient, so that an error in the loss itself is reported first.
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
