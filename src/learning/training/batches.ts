import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import { type Examples, gather } from "../subject/examples.ts";
import type { Subject } from "../subject/subject.ts";

/** One batch, copied out of its set: rows of inputs and of targets, float32. */
export type Batch = Examples;

/** Where a subject's order of examples comes from, and whether epochs have one each. */
export interface ShuffledBy {
  /** Where it is drawn from; null keeps the order of the examples. */
  readonly stream: SeedStream | null;
  /** Whether every epoch repeats the order of the first one. @defaultValue false */
  readonly once?: boolean;
  /** The order of every epoch, where it is known; taken where it has as many places as there are examples. */
  readonly order?: Int32Array | undefined;
}

/** Reads how a subject shuffles its examples. */
export function shuffledBy({
  shuffle,
  seed,
  order,
}: Pick<Subject, "shuffle" | "seed" | "order">): ShuffledBy {
  const once = shuffle === "once";
  return { stream: shuffle === false ? null : seedStream(seed, "shuffle"), once, ...(once && { order }) };
}

/**
 * Yields batches without end. Every epoch contains each example once, in a new random order, or in that of the first.
 *
 * The last batch of an epoch holds the remaining examples, as in Keras, so it may be smaller.
 */
export function* shuffledBatches(
  examples: Examples,
  batchSize: number,
  { stream, once = false, order: given }: ShuffledBy,
): Generator<Batch, never> {
  const drawOrder = () =>
    stream
      ? shuffledIndices(examples.count, stream)
      : Int32Array.from({ length: examples.count }, (_, index) => index);
  const isGiven = given !== undefined && given.length === examples.count;
  const first = isGiven ? given : once ? drawOrder() : null;
  for (;;) {
    const order = first ?? drawOrder();
    for (let start = 0; start < order.length; start += batchSize) {
      yield gather(examples, order.subarray(start, start + batchSize));
    }
  }
}
