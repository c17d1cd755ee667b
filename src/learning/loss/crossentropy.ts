import {
  add,
  clipByValue,
  div,
  log,
  logSoftmax,
  mul,
  neg,
  softplus,
  sub,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { logitsOf } from "./logits.ts";

/** Keras's ε: probabilities are clipped this far from 0 and 1, and the same is added inside the logarithm. */
const EPSILON = 1e-7;
/** About the smallest float32 that keeps its precision: a softmax gives it where logits differ by 87. */
const SMALLEST = 1.2e-38;

/** The settings of a crossentropy, as Keras has them. */
export interface CrossentropySettings {
  /** Whether the outputs are logits, which the loss itself turns into probabilities. @defaultValue false */
  readonly fromLogits?: boolean | undefined;
  /** Share of every target that is spread evenly over the classes, from 0 to below 1. @defaultValue 0 */
  readonly labelSmoothing?: number | undefined;
  /**
   * Whether probabilities are kept from 0 and 1 by ε. Where TensorFlow computes a softmax or a sigmoid, Keras takes its
   * logits instead, whose gradient does not vanish however sure a wrong answer is. @defaultValue true
   */
  readonly clipped?: boolean | undefined;
}

function logOf(probability: Tensor): Tensor {
  return log(add(probability, EPSILON));
}

/** Returns (1 − s) y + s / classes; the targets themselves where s is 0. */
function smoothed(targets: Tensor, share: number, classes: number): Tensor {
  return share === 0 ? targets : add(mul(1 - share, targets), share / classes);
}

/**
 * Computes −(y ln p + (1 − y) ln(1 − p)) of each element, as Keras does: predictions outside [0, 1] are clipped, and
 * their gradient is 0. Of logits it computes ln(1 + eˣ) − xy, which needs no clipping; so it does of a sigmoid's
 * probabilities that it is told not to clip, where the pass remembers their logits.
 *
 * @param targets `[batch, outputs]`, 0 or 1.
 * @param predictions of the same shape: probabilities, or logits.
 * @returns the same shape. The caller disposes it.
 */
export function binaryCrossentropy(
  targets: Tensor,
  predictions: Tensor,
  { fromLogits = false, labelSmoothing = 0, clipped = true }: CrossentropySettings = {},
): Tensor {
  return tidy(() => {
    const wanted = smoothed(targets, labelSmoothing, 2);
    const logits = fromLogits ? predictions : clipped ? null : logitsOf(predictions);
    if (logits) return sub(softplus(logits), mul(wanted, logits));
    const probability = clipByValue(predictions, EPSILON, 1 - EPSILON);
    const ofOnes = mul(wanted, logOf(probability));
    const ofZeros = mul(sub(1, wanted), logOf(sub(1, probability)));
    return neg(add(ofOnes, ofZeros));
  });
}

/**
 * Computes −Σ y ln(p / Σp) of each example, as Keras does: the outputs are first scaled to sum to 1, so a single output
 * always has loss 0. Of logits it computes −Σ y ln softmax(x).
 *
 * @param targets `[batch, outputs]`, one-hot.
 * @param predictions of the same shape.
 * @returns `[batch]`. The caller disposes it.
 */
export function categoricalCrossentropy(
  targets: Tensor,
  predictions: Tensor,
  { fromLogits = false, labelSmoothing = 0, clipped = true }: CrossentropySettings = {},
): Tensor {
  return tidy(() => {
    const wanted = smoothed(targets, labelSmoothing, targets.shape.at(-1) as number);
    if (fromLogits) return neg(sum(mul(wanted, logSoftmax(predictions, -1)), -1));
    const least = clipped ? EPSILON : SMALLEST;
    const probability = clipByValue(
      div(predictions, sum(predictions, -1, true)),
      least,
      clipped ? 1 - EPSILON : 1,
    );
    return neg(sum(mul(wanted, log(probability)), -1));
  });
}
