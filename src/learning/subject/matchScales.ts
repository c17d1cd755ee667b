// A set of examples that was not scaled as another was differs from it by a linear map of each column.

import type { Examples } from "./examples.ts";
import { inputParts, type Part, type Placed, targetParts } from "./parts.ts";

/** A part of a row, with how many columns it has: the channels of a picture, or the numbers of a list. */
export type Columned = Placed<Part> & { readonly columns: number };

/** Lists the inputs: each number of a list is a column, and each channel of a picture. */
export function inputColumns(examples: Examples): readonly Columned[] {
  return inputParts(examples).map((part) => ({ ...part, columns: part.shape.at(-1) ?? 1 }));
}

/** Lists the targets that are numbers: classes have no scale. */
export function numberColumns(examples: Examples): readonly Columned[] {
  return targetParts(examples)
    .filter(({ classification }) => !classification)
    .map((part) => ({ ...part, columns: part.size }));
}

/** Where the numbers of a column lie, and how widely they are spread. */
export interface Scale {
  readonly middle: number;
  readonly spread: number;
}

/** Both sides of a comparison, measured in the same way. */
export interface ScalePair {
  readonly own: Scale;
  readonly reference: Scale;
}

/**
 * Measures a column in two sets by its median and the range of its middle half, which outliers do not move; by mean and
 * standard deviation where half of either set's numbers are equal.
 */
export function measureScales(own: Float32Array, reference: Float32Array): ScalePair {
  const byQuartiles = { own: quartileScale(own), reference: quartileScale(reference) };
  return byQuartiles.own.spread > 0 && byQuartiles.reference.spread > 0
    ? byQuartiles
    : { own: momentScale(own), reference: momentScale(reference) };
}

function quartileScale(values: Float32Array): Scale {
  const sorted = values.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { middle: at(0.5), spread: at(0.75) - at(0.25) };
}

function momentScale(values: Float32Array): Scale {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const middle = sum / values.length;
  for (const value of values) squares += (value - middle) ** 2;
  return { middle, spread: Math.sqrt(squares / values.length) };
}

/** Copies the numbers of one column out of a table of rows of `size` numbers. */
export function columnValues(
  table: Float32Array,
  size: number,
  part: Columned,
  column: number,
): Float32Array {
  const each = part.size / part.columns;
  return Float32Array.from(
    { length: (table.length / size) * each },
    (_, at) => table[placeOf(size, part, column, at)] as number,
  );
}

/** The place in a table of the number `at` of a column. */
function placeOf(size: number, { offset, size: own, columns }: Columned, column: number, at: number): number {
  const each = own / columns;
  return Math.floor(at / each) * size + offset + (at % each) * columns + column;
}

/**
 * Maps each column of the listed parts linearly to the middle and the spread that it has in `reference`. A column that
 * does not vary in one of the sets is moved only.
 *
 * @param table `[rows, size]`, row by row, as is `reference`.
 */
export function matchScales(
  table: Float32Array,
  reference: Float32Array,
  size: number,
  parts: readonly Columned[],
): Float32Array {
  const matched = table.slice();
  for (const part of parts) {
    for (let column = 0; column < part.columns; column++) {
      const values = columnValues(table, size, part, column);
      const { own, reference: to } = measureScales(values, columnValues(reference, size, part, column));
      const factor = own.spread > 0 && to.spread > 0 ? to.spread / own.spread : 1;
      values.forEach((value, at) => {
        matched[placeOf(size, part, column, at)] = (value - own.middle) * factor + to.middle;
      });
    }
  }
  return matched;
}
