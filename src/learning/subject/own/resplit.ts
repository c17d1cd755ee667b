import { seedStream } from "../../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../foundation/random/shuffle.ts";
import { type Examples, gather } from "../examples.ts";
import { rowKeys } from "../rowKeys.ts";
import type { ExampleSets } from "../subject.ts";

/**
 * Joins both sets, shuffles their examples under the seed and splits them again into as many as before. Rows that stand
 * sorted in a file leave one end of their range, or one class, to the held-out set.
 *
 * @returns the sets as they are where nothing is held out.
 */
export function resplit({ train, heldOut }: ExampleSets, seed: number): ExampleSets {
  if (heldOut === null) return { train, heldOut };
  const all = join(train, heldOut);
  const order = shuffledIndices(all.count, seedStream(seed, "resplit"));
  return splitAt(all, order, train.count);
}

/** Joins both sets, shuffles their examples under the seed and holds a fifth of them out. */
export function resplitForMore({ train, heldOut }: ExampleSets, seed: number): ExampleSets {
  if (heldOut === null) return { train, heldOut };
  const all = join(train, heldOut);
  const order = shuffledIndices(all.count, seedStream(seed, "resplit"));
  return splitAt(all, order, Math.ceil((1 - MOST_HELD_OUT) * all.count));
}

/**
 * Joins the training examples and others that a script asks about, shuffles them under the seed and splits them again into as
 * many as before.
 */
export function mixWith(
  train: Examples,
  asked: Examples,
  seed: number,
): readonly [train: Examples, asked: Examples] {
  const mixed = resplit({ train, heldOut: asked }, seed);
  return [mixed.train, mixed.heldOut ?? asked];
}

/** At most this share of the different inputs is held out. */
const MOST_HELD_OUT = 0.2;

/**
 * Joins both sets, keeps the first of the examples that have the same inputs, and splits what is left. A set that was
 * copied into the other one, or rows that were repeated before the split, are then held out or trained on, and not both.
 *
 * @returns the sets as they are where nothing is held out, or where all inputs are the same.
 */
export function resplitDistinct({ train, heldOut }: ExampleSets, seed: number): ExampleSets {
  if (heldOut === null) return { train, heldOut };
  const all = join(train, heldOut);
  const distinct = firstOfEach(all);
  const share = Math.min(MOST_HELD_OUT, heldOut.count / all.count);
  const kept = Math.min(distinct.length - 1, Math.ceil((1 - share) * distinct.length));
  if (kept < 1) return { train, heldOut };
  const order = shuffledIndices(distinct.length, seedStream(seed, "resplit")).map(
    (at) => distinct[at] as number,
  );
  return splitAt(all, order, kept);
}

function splitAt(all: Examples, order: Int32Array | Uint32Array, kept: number): ExampleSets {
  const { weights: _, ...held } = gather(all, order.subarray(kept));
  return { train: gather(all, order.subarray(0, kept)), heldOut: held };
}

/** Returns the examples whose inputs no example before them has, bit for bit. */
function firstOfEach({ inputs, count }: Examples): number[] {
  const known = new Set<string>();
  return rowKeys(inputs, count).flatMap((key, example) => {
    if (known.has(key)) return [];
    known.add(key);
    return [example];
  });
}

/** Row numbers are left out: both sets may count theirs from 1. */
function join({ rowNumbers: _, ...first }: Examples, second: Examples): Examples {
  const { weights, stepWeights, shownSteps } = first;
  const ones = (table: Float32Array) => new Float32Array((table.length / first.count) * second.count).fill(1);
  return {
    ...first,
    count: first.count + second.count,
    inputs: joinTables(first.inputs, second.inputs),
    targets: joinTables(first.targets, second.targets),
    // Held-out examples have no weights; once they are trained on, they count like any other.
    ...(weights && {
      weights: joinTables(weights, ones(weights)),
    }),
    ...(stepWeights && {
      stepWeights: joinTables(stepWeights, second.stepWeights ?? ones(stepWeights)),
    }),
    ...(shownSteps && { shownSteps: joinTables(shownSteps, second.shownSteps ?? ones(shownSteps)) }),
  };
}

function joinTables(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
