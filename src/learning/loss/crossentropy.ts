import { add, clipByValue, div, log, mul, neg, sub, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** Keras's: probabilities are kept this far from 0 and 1, and as much is added inside the logarithm. */
const EPSILON = 1e-7;

function logOf(probability: Tensor): Tensor {
  return log(add(probability, EPSILON));
}

/**
 * −(y ln p + (1 − y) ln(1 − p)) of each element, as Keras has it: outside [0, 1] predictions are clipped, and
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
 * −Σ y ln(p / Σp) of each example, as Keras has it: the outputs are scaled to sum to 1 first, so that a single
 * output always scores 0.
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
