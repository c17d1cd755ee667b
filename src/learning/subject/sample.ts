import { seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import { type Examples, gather } from "./examples.ts";

/** A run is judged on at most this many training examples. */
export const MOST_JUDGED = 256;

/**
 * Chooses the indices of the training examples that a run is judged on. Files are often sorted by class or by target,
 * so that their first rows show only one class or one end of the range; a large set is therefore sampled at random.
 *
 * The draw has a random stream of its own: no run's digest depends on it.
 *
 * @param count examples in the set.
 * @param seed of the run.
 * @param most places at most.
 * @returns all places in their order where there are no more than `most`; else `most` different ones in random order,
 * whose first few are a random draw as well.
 */
export function sampleIndices(count: number, seed: number, most: number = MOST_JUDGED): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return [...orderOf(count, seed, "sample").subarray(0, most)];
}

/** Returns the examples that {@link sampleIndices} chooses; the set itself if it has no more than `most`. */
export function sampleExamples(examples: Examples, seed: number, most: number = MOST_JUDGED): Examples {
  if (examples.count <= most) return examples;
  return gather(examples, sampleIndices(examples.count, seed, most));
}

/**
 * Chooses the examples of the ladder's rungs: a rung of n examples trains on the first n. They are drawn at random, since
 * the first rows of a sorted file are nearly alike; each rung holds the examples of the one below.
 *
 * @returns at most `most` different indices in random order.
 */
export function ladderIndices(count: number, seed: number, most: number): readonly number[] {
  return [...orderOf(count, seed, "ladder").subarray(0, most)];
}

/** Number of orders cached: a check asks for those of its two sets, by its own seed and by a fixed one. */
const MOST_KEPT = 4;
const kept = new Map<string, Int32Array>();

/** Shuffles once for all who ask: laws, probes and trials each draw from the same set, which can have a million rows. */
function orderOf(count: number, seed: number, name: string): Int32Array {
  const key = `${count}/${seed}/${name}`;
  const order = kept.get(key) ?? shuffledIndices(count, seedStream(seed, name));
  kept.delete(key);
  kept.set(key, order);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  return order;
}
