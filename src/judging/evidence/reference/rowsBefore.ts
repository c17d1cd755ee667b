// A sequence of one step shows a recurrent network no past: each row is predicted by itself, and the network forgets it
// before the next. Where the rows stand in the order of time, those before may tell the rest.

import { type Examples, gather } from "../../../learning/subject/examples.ts";
import { inputParts } from "../../../learning/subject/parts.ts";

/** How many rows a window holds: a row and those before it. */
const ROWS = 4;
const MOST_FEATURES = 16;

/**
 * Gives each example the inputs of the three rows before it as well.
 *
 * @returns null unless the only input is a sequence of one step with numbers for targets.
 */
export function withRowsBefore(train: Examples): Examples | null {
  const [input, ...others] = inputParts(train);
  const [steps, features = 0] = input?.shape ?? [];
  if (others.length > 0 || input?.shape.length !== 2 || steps !== 1 || features > MOST_FEATURES) return null;
  if (train.classification || train.count <= ROWS) return null;
  const rows = Array.from({ length: train.count - ROWS + 1 }, (_, row) => row + ROWS - 1);
  const { inputParts: _parts, ...rest } = gather(train, rows);
  const inputs = new Float32Array(rows.length * ROWS * features);
  rows.forEach((row, at) => {
    const window = train.inputs.subarray((row - ROWS + 1) * features, (row + 1) * features);
    inputs.set(window, at * ROWS * features);
  });
  return { ...rest, inputs, inputShape: [ROWS * features] };
}
