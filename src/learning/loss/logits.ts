// Near 1 a probability has no room in float32, so a loss that is to lead a sure wrong answer back needs its logit. Where
// TensorFlow computes them, Keras takes the logits of the last sigmoid; here a pass keeps them beside the probabilities.

import { clone, dispose, keep, type Tensor } from "@tensorflow/tfjs-core";

/** The logits that the pass which runs now keeps; null outside one. */
let pass: Tensor[] | null = null;
const logits = new WeakMap<Tensor, Tensor>();

/** Runs a pass, and keeps the logits that it remembers until it ends. */
export function keepingLogits<Result>(work: () => Result): Result {
  const outer = pass;
  const own: Tensor[] = [];
  pass = own;
  try {
    return work();
  } finally {
    pass = outer;
    dispose(own);
  }
}

/** Remembers of which logits probabilities were made; outside a pass it does nothing. */
export function rememberLogits(probabilities: Tensor, input: Tensor): void {
  if (pass === null) return;
  const own = keep(clone(input));
  pass.push(own);
  logits.set(probabilities, own);
}

/** Returns the logits that this pass remembers of probabilities, or null. */
export function logitsOf(probabilities: Tensor): Tensor | null {
  return (pass !== null && logits.get(probabilities)) || null;
}
