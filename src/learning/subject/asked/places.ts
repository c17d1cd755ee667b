// Numbers that stand at the place of others: columns of a table by another order of its names, or two inputs that are given in
// each other's place.

import type { Examples } from "../examples.ts";
import { inputParts } from "../parts.ts";

/**
 * Puts each column where training has the one of its name, and 0 where there is none.
 *
 * @param places for each column of training, the place of the asked one of its name, or -1.
 * @returns null where the columns stand in the same order.
 */
export function putBack({ inputs }: Examples, places: readonly number[] | null): Float32Array | null {
  if (places === null) return null;
  const width = places.length;
  return inputs.map((_, at) => {
    const place = places[at % width] as number;
    return place < 0 ? 0 : (inputs[at - (at % width) + place] as number);
  });
}

/**
 * Gives a model of two inputs each in the place of the other.
 *
 * @returns null where they have other shapes, or where a number would then lie beyond those that the input has in training.
 */
export function exchangeInputs(asked: Examples, train: Examples): Float32Array | null {
  const [first, second, ...others] = inputParts(train);
  if (!first || !second || others.length > 0 || first.shape.join() !== second.shape.join()) return null;
  const width = asked.inputs.length / asked.count;
  const exchanged = asked.inputs.map((_, at) => {
    const place = at % width;
    return asked.inputs[place < first.size ? at + first.size : at - first.size] as number;
  });
  const isWithin = [first, second].every(({ offset, size }) => {
    const [least, most] = rangeOf(train.inputs, width, offset, size);
    const [lowest, highest] = rangeOf(exchanged, width, offset, size);
    return lowest >= least && highest <= most;
  });
  return isWithin ? exchanged : null;
}

function rangeOf(values: Float32Array, width: number, offset: number, size: number): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [at, value] of values.entries()) {
    if (at % width < offset || at % width >= offset + size) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
