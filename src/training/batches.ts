import type { SeedStream } from "../random/seedStream.ts";
import { shuffledIndices } from "../random/shuffle.ts";
import type { Examples } from "../subject/examples.ts";

/** One batch, copied out of its set: `[count, ...inputShape]` and `[count, outputs]`, float32. */
export type Batch = Examples;

/**
 * Yields batches for ever, every example once an epoch in an order drawn anew for each epoch.
 *
 * The last batch of an epoch holds what is left, as in Keras, so it may be smaller.
 */
export function* shuffledBatches(
  examples: Examples,
  batchSize: number,
  shuffle: SeedStream,
): Generator<Batch, never> {
  for (;;) {
    const order = shuffledIndices(examples.count, shuffle);
    for (let start = 0; start < order.length; start += batchSize) {
      yield gather(examples, order.subarray(start, start + batchSize));
    }
  }
}

/** The examples at `indices`, copied in that order. */
export function gather(examples: Examples, indices: Int32Array): Examples {
  const inputSize = examples.inputs.length / examples.count;
  const inputs = new Float32Array(indices.length * inputSize);
  const targets = new Float32Array(indices.length * examples.outputs);
  indices.forEach((index, row) => {
    inputs.set(examples.inputs.subarray(index * inputSize, (index + 1) * inputSize), row * inputSize);
    targets.set(
      examples.targets.subarray(index * examples.outputs, (index + 1) * examples.outputs),
      row * examples.outputs,
    );
  });
  return { ...examples, count: indices.length, inputs, targets };
}
