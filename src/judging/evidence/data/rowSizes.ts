// Rows that were each divided by their own length or largest number: what their sizes tell of the targets is lost.

import type { Examples } from "../../../learning/subject/examples.ts";

/** Sizes that differ by less than this part of the first one are the same. */
const SAME = 1e-3;
/** Fewer columns may be a direction, whose length says nothing. */
const FEWEST_COLUMNS = 4;
/** More columns are counts of words or a spectrum, whose sizes are taken away on purpose. */
const MOST_COLUMNS = 64;

const SIZES = {
  length: (row: Float32Array) => Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)),
  "largest number": (row: Float32Array) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
};

/** Says what all rows of a table have in common that each was divided by; null where sizes differ. */
export function sameSizeOf({ inputs, count, inputShape }: Examples): keyof typeof SIZES | null {
  const columns = inputs.length / count;
  if (inputShape.length !== 1 || columns < FEWEST_COLUMNS || columns > MOST_COLUMNS) return null;
  // Rows of 0 and 1 have these sizes by nature.
  if (inputs.every((value) => Number.isInteger(value))) return null;
  for (const [name, sizeOf] of Object.entries(SIZES)) {
    const sizes = Array.from({ length: count }, (_, row) =>
      sizeOf(inputs.subarray(row * columns, (row + 1) * columns)),
    ).filter((size) => size > 0);
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    if (sizes.length > 0 && most - least <= SAME * least) return name as keyof typeof SIZES;
  }
  return null;
}
