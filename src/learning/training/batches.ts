import type { SeedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import { type Examples, gather } from "../subject/examples.ts";

/** One batch, copied out of its set: rows of inputs and of targets, float32. */
export type Batch = Examples;

/**
 * Yields batches without end. Every epoch contains each example once, in a new random order.
 *
 * @param shuffle where the order of each epoch is drawn from; null keeps the order of the examples.
 *
 * The last batch of an epoch holds the remaining examples, as in Keras, so it may be smaller.
 */
export function* shuffledBatches(
  examples: Examples,
  batchSize: number,
  shuffle: SeedStream | null,
): Generator<Batch, never> {
  for (;;) {
    const order = shuffle
      ? shuffledIndices(examples.count, shuffle)
      : Int32Array.from({ length: examples.count }, (_, index) => index);
    for (let start = 0; start < order.length; start += batchSize) {
      yield gather(examples, order.subarray(start, start + batchSize));
    }
  }
}
