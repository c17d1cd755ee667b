// How much of their inputs autoencoders with a narrow code have to leave. Of all linear codes of so many numbers, the
// principal components of the data give back the most; so a network that leaves no more than they do has learnt.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { average, columnMeans } from "../../../foundation/numbers/statistics.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/** Larger tables, and wider codes, take too long; a wide code leaves little anyway. */
const MOST_COLUMNS = 1024;
const MOST_NUMBERS = 64;
const MOST_EXAMPLES = 1000;
/** With fewer examples the components would fit noise as well. */
const FEWEST_EXAMPLES = 40;
const ROUNDS = 12;

/** What a code leaves. */
export interface LeftByCode {
  /** Share of Var(Y), over all numbers of an example. */
  readonly ofAll: number;
  /** Share of the variance of the number of which it leaves the most. */
  readonly ofWorst: number;
}

const knownOf = onceFor((_train: Examples) => new Map<number, LeftByCode | null>());

/**
 * Measures what the first `width` principal components of the targets leave.
 *
 * @returns null for fewer than 40 examples, over 1024 columns, and codes of over 64 numbers.
 */
export function leftByCode(train: Examples, width: number): LeftByCode | null {
  const ofWidths = knownOf(train);
  const before = ofWidths.get(width);
  if (before !== undefined) return before;
  const isTooLarge = train.outputs > MOST_COLUMNS || width > MOST_NUMBERS || width >= train.outputs;
  const left = isTooLarge || train.count < FEWEST_EXAMPLES ? null : measure(train, width);
  ofWidths.set(width, left);
  return left;
}

function measure({ targets, outputs, count }: Examples, width: number): LeftByCode | null {
  const rows = centred(targets, outputs, count);
  const total = average(rows.map((row) => dot(row, row)));
  if (!(total > 0)) return null;
  let axes = orthonormal(
    Array.from({ length: width }, (_, axis) =>
      Float64Array.from({ length: outputs }, (_, column) =>
        Math.sin(1 + 1.7 * axis + 2.3 * column * (axis + 1)),
      ),
    ),
  );
  for (let round = 0; round < ROUNDS; round++)
    axes = orthonormal(axes.map((axis) => spreadAlong(rows, axis)));
  const all = new Float64Array(outputs);
  const left = new Float64Array(outputs);
  for (const row of rows) {
    const rest = withoutAxes(row, axes);
    for (let at = 0; at < outputs; at++) {
      all[at] = (all[at] as number) + (row[at] as number) ** 2;
      left[at] = (left[at] as number) + (rest[at] as number) ** 2;
    }
  }
  const shares = left.map((own, at) => ((all[at] as number) > 0 ? own / (all[at] as number) : 0));
  return { ofAll: average([...left]) / average([...all]), ofWorst: Math.min(1, largestOf(shares)) };
}

function withoutAxes(row: Float64Array, axes: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(row);
  for (const axis of axes) {
    const share = dot(row, axis);
    for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] as number) - share * (axis[at] as number);
  }
  return rest;
}

/** At most {@link MOST_EXAMPLES} rows, evenly spaced, about their mean. */
function centred(table: Float32Array, columns: number, count: number): Float64Array[] {
  const means = columnMeans(table, columns);
  const rows = Math.min(count, MOST_EXAMPLES);
  return Array.from({ length: rows }, (_, row) => {
    const start = Math.floor((row * count) / rows) * columns;
    return Float64Array.from(
      { length: columns },
      (_, column) => (table[start + column] as number) - (means[column] as number),
    );
  });
}

/** Multiplies an axis by the covariance of the rows. */
function spreadAlong(rows: readonly Float64Array[], axis: Float64Array): Float64Array {
  const sum = new Float64Array(axis.length);
  for (const row of rows) {
    const share = dot(row, axis);
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + share * (row[at] as number);
  }
  return sum;
}

/** Makes axes orthogonal and of length 1, and leaves out those that hold nothing of their own. */
function orthonormal(axes: readonly Float64Array[]): Float64Array[] {
  const made: Float64Array[] = [];
  for (const axis of axes) {
    const own = Float64Array.from(axis);
    const before = Math.sqrt(dot(own, own));
    for (const other of [...made, ...made]) {
      const share = dot(own, other);
      for (let at = 0; at < own.length; at++) own[at] = (own[at] as number) - share * (other[at] as number);
    }
    const length = Math.sqrt(dot(own, own));
    if (length > 1e-9 * before) made.push(own.map((value) => value / length));
  }
  return made;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
