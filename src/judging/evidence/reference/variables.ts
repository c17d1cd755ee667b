// A table may write one variable into many columns, as one-hot coding does: five numbers and six kinds make a hundred columns,
// and regressions on them say as much as on eleven.

import type { Examples } from "../../../learning/subject/examples.ts";

/** So many columns take a second or two. */
const MOST_COLUMNS = 192;
/** With fewer rows for each column, regressions learn the rows by heart. */
const ROWS_PER_COLUMN = 6;

/**
 * Counts the variables of the rows: columns of 0 and 1 that stand side by side, of which no row has two, are one.
 *
 * @returns the columns themselves where they are too many to be looked at, or the rows too few.
 */
export function countVariables({ inputs, count }: Pick<Examples, "inputs" | "count">): number {
  const columns = inputs.length / count;
  if (columns > MOST_COLUMNS || count < ROWS_PER_COLUMN * columns) return columns;
  let variables = 0;
  let taken: Uint8Array | null = null;
  for (let column = 0; column < columns; column++) {
    const ones = placesOfOne(inputs, columns, column);
    if (ones === null) {
      taken = null;
      variables++;
      continue;
    }
    const known: Uint8Array | null = taken;
    if (known === null || ones.some((row) => known[row] === 1)) {
      taken = new Uint8Array(count);
      variables++;
    }
    for (const row of ones) (taken as Uint8Array)[row] = 1;
  }
  return variables;
}

/** The rows in which a column of 0 and 1 is 1; null for a column of other numbers. */
function placesOfOne(inputs: Float32Array, columns: number, column: number): number[] | null {
  const rows: number[] = [];
  for (let at = column, row = 0; at < inputs.length; at += columns, row++) {
    const value = inputs[at];
    if (value === 1) rows.push(row);
    else if (value !== 0) return null;
  }
  return rows;
}
