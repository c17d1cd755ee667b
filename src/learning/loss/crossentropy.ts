import { add, clipByValue, div, log, mul, neg, sub, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** Keras's ε: probabilities are clipped this far from 0 and 1, and the same is added inside the logarithm. */
const EPSILON = 1e-7;

function logOf(probability: Tensor): Tensor {
  return log(add(probability, EPSILON));
}

/**
 * Computes −(y ln p + (1 − y) ln(1 − p)) of each element, as Keras does: predictions outside [0, 1] are clipped, and
 * their gradient is 0.
 *
 * @param targets `[batch, outputs]`, 0 or 1.
 * @param predictions of the same shape: probabilities.
 * @returns the same shape. The caller disposes it.
 */
export function binaryCrossentropy(targets: Tensor, predictions: Tensor): Tensor {
  return tidy(() => {
    const probability = clipByValue(predictions, EPSILON, 1 - EPSILON);
    const ofOnes = mul(targets, logOf(probability));
    const ofZeros = mul(sub(1, targets), logOf(sub(1, probability)));
    return neg(add(ofOnes, ofZeros));
  });
}

/**
 * Computes −Σ y ln(p / Σp) of each example, as Keras does: the outputs are first scaled to sum to 1, so a single output
 * always has loss 0.
 *
 * @param targets `[batch, outputs]`, one-hot.
 * @param predictions of the same shape.
 * @returns `[batch]`. The caller disposes it.
 */
export function categoricalCrossentropy(targets: Tensor, predictions: Tensor): Tensor {
  return tidy(() => {
    const probability = clipByValue(div(predictions, sum(predictions, -1, true)), EPSILON, 1 - EPSILON);
    return neg(sum(mul(targets, log(probability)), -1));
  });
}
