import {
  abs,
  add,
  log,
  mean,
  minimum,
  mul,
  relu,
  reshape,
  type Scalar,
  sign,
  square,
  sub,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import type { LossConfig } from "../config/schema.ts";
import { binaryCrossentropy, categoricalCrossentropy } from "./crossentropy.ts";
import { stockLosses } from "./stockLosses.ts";

/**
 * The loss of one output, computed by tensor operations: the mean over the batch and over the numbers of the output,
 * except for the losses that are one number for each row (`categoricalCrossentropy`, `categoricalHinge`,
 * `kullbackLeiblerDivergence` and `cosineProximity`).
 *
 * @param targets `[batch, ...shape of the output]`, float32.
 * @param predictions of the same shape.
 * @param weights `[batch]` or `[batch, steps]`, how much each example, or each of its steps, counts: the loss is then the sum of
 * weight × loss over them, divided by their number, as in Keras. @defaultValue 1 for each
 * @returns a scalar; NaN where the logarithm of a negative number is asked for. The caller disposes it.
 * @throws {RangeError} when the shapes differ: a silent broadcast trains to exactly the mean predictor.
 */
export type Loss = (targets: Tensor, predictions: Tensor, weights?: Tensor) => Scalar;

/** Creates the loss that a config names; a custom loss function is returned unchanged. */
export function createLoss(config: LossConfig | Loss): Loss {
  if (typeof config === "function") return config;
  const elementwise = elementwiseLoss(config);
  return (targets, predictions, weights) => {
    refuseUnequalShapes(config.name, targets, predictions);
    return tidy(() => {
      const losses = elementwise(targets, predictions);
      return mean(weights ? mul(weights, perWeight(losses, weights)) : losses);
    });
  };
}

/** Averages losses `[batch, …]` over everything but the batch. */
export function perExample(losses: Tensor): Tensor {
  return losses.rank <= 1 ? losses : mean(reshape(losses, [losses.shape[0] as number, -1]), 1);
}

/** Averages losses `[batch, …]` over all that one weight counts for: an example, or a step of one. */
export function perWeight(losses: Tensor, weights: Tensor): Tensor {
  return weights.rank === 1 ? perExample(losses) : mean(reshape(losses, [...weights.shape, -1]), -1);
}

function refuseUnequalShapes(name: string, targets: Tensor, predictions: Tensor): void {
  const wanted = targets.shape.join(", ");
  const got = predictions.shape.join(", ");
  if (wanted === got) return;
  throw new RangeError(
    `loss ${name}: predictions must have the shape of the targets, [${wanted}], got [${got}]; reshape one of them, since subtracting would broadcast`,
  );
}

function elementwiseLoss(config: LossConfig): (targets: Tensor, predictions: Tensor) => Tensor {
  const squaredError = (targets: Tensor, predictions: Tensor) => square(sub(predictions, targets));
  switch (config.name) {
    case "binaryCrossentropy":
      return (targets, predictions) => binaryCrossentropy(targets, predictions, config);
    case "categoricalCrossentropy":
      return (targets, predictions) => categoricalCrossentropy(targets, predictions, config);
    case "mse":
      return squaredError;
    case "mae":
      return (targets, predictions) => size(sub(predictions, targets));
    case "huber":
      return (targets, predictions) => huber(abs(sub(predictions, targets)), config.delta);
    case "msle":
      return (targets, predictions) => squaredLogError(targets, predictions, config.epsilon);
    case "mse+msle":
      return (targets, predictions) =>
        add(
          squaredError(targets, predictions),
          mul(config.alpha, squaredLogError(targets, predictions, config.epsilon)),
        );
    default:
      return stockLosses[config.name];
  }
}

/** |error|, with slope 0 at an error of 0 as in Keras and PyTorch; the slope of tfjs's `abs` is −1 there. */
function size(error: Tensor): Tensor {
  return mul(error, sign(error));
}

/** error² / 2 up to `delta`, then linear: delta · (error − delta / 2), as Huber defined it. */
function huber(error: Tensor, delta: number): Tensor {
  const quadratic = minimum(error, delta);
  // `maximum` with 0 is not used here, because its gradient is 1 at a tie: at exactly `delta` the slope would be 2
  // delta.
  const linear = relu(sub(error, delta));
  return add(mul(0.5, square(quadratic)), mul(delta, linear));
}

/** (ln(y + ε) − ln(ŷ + ε))². Keras's form, with 1 inside the logarithm, is `meanSquaredLogarithmicError`. */
function squaredLogError(targets: Tensor, predictions: Tensor, epsilon: number): Tensor {
  return square(sub(log(add(predictions, epsilon)), log(add(targets, epsilon))));
}
