import { seedStream } from "../../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../foundation/random/shuffle.ts";
import { type Examples, gather } from "../examples.ts";
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
  const { weights: _, ...held } = gather(all, order.subarray(train.count));
  return { train: gather(all, order.subarray(0, train.count)), heldOut: held };
}

/** Row numbers are left out: both sets may count theirs from 1. */
function join({ rowNumbers: _, ...first }: Examples, second: Examples): Examples {
  const { weights } = first;
  return {
    ...first,
    count: first.count + second.count,
    inputs: joinTables(first.inputs, second.inputs),
    targets: joinTables(first.targets, second.targets),
    // Held-out examples have no weights; once they are trained on, they count like any other.
    ...(weights && {
      weights: joinTables(weights, new Float32Array((weights.length / first.count) * second.count).fill(1)),
    }),
  };
}

function joinTables(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
