import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import type { ExampleSets } from "../../../learning/subject/subject.ts";
import { isSeries } from "../series/series.ts";

/** The column that the rows were sorted by before they were split. */
export interface SortedBy {
  readonly side: "targets" | "inputs";
  readonly column: number;
  readonly name: string;
}

/** In sorted rows nearly every row is at least as large as the one before it; the rest allows for rounding. */
const IN_ORDER = 0.99;
const FEWEST_ROWS = 8;
const MOST_COLUMNS = 256;

/**
 * Looks for a column by which training rows and, after them, held-out rows are sorted. The held-out set is then one end
 * of that column's range, or classes that training never saw.
 *
 * @returns null if there is none, or if the inputs are windows of a series: there, held-out rows are the future on
 * purpose.
 */
export function findSortedSplit({ train, heldOut }: ExampleSets): SortedBy | null {
  if (heldOut === null || train.count < FEWEST_ROWS || isSeries(train)) return null;
  // A number of a sequence of targets, such as the tag of its last word, sorts no rows.
  if (targetParts(train).some(({ shape }) => shape.length > 1)) return null;
  const labels = train.outputs > 1 && train.classification ? [classNumbers(train, heldOut)] : [];
  if (labels.some(isSorted)) return { side: "targets", column: 0, name: "the class" };
  for (let column = 0; column < Math.min(train.outputs, MOST_COLUMNS); column++)
    if (isSorted(valuesOf(train, heldOut, "targets", column)))
      return { side: "targets", column, name: train.outputs === 1 ? "the target" : `target ${column}` };
  if (train.inputShape.length > 1) return null;
  for (let column = 0; column < Math.min(train.inputs.length / train.count, MOST_COLUMNS); column++)
    if (isSorted(valuesOf(train, heldOut, "inputs", column)))
      return { side: "inputs", column, name: train.columnNames?.[column] ?? `input ${column}` };
  return null;
}

/** The values of one column on both sides of the split, in the order of the rows. */
type Sides = readonly [ours: readonly number[], theirs: readonly number[]];

function valuesOf(train: Examples, heldOut: Examples, side: "targets" | "inputs", column: number): Sides {
  const of = (examples: Examples) => {
    const columns = examples[side].length / examples.count;
    return Array.from(
      { length: examples.count },
      (_, row) => examples[side][row * columns + column] as number,
    );
  };
  return [of(train), of(heldOut)];
}

function classNumbers(train: Examples, heldOut: Examples): Sides {
  return [classesOfRows(train.targets, train.outputs), classesOfRows(heldOut.targets, heldOut.outputs)];
}

/**
 * Whether the values of training rows and those of the held-out rows behind them rise together, or fall together. Two
 * sets that are each sorted over the same range are no such split.
 */
function isSorted([ours, theirs]: Sides): boolean {
  return [1, -1].some((sign) => {
    const rows = [...ours, ...theirs].map((value) => sign * value);
    const [start, end] = [rows[0] as number, rows[ours.length - 1] as number];
    const inOrder = rows.filter((value, row) => row > 0 && value >= (rows[row - 1] as number)).length;
    // Nearly all held-out rows must differ from the first one: a rare number at the end is no order.
    const beyond = rows.slice(ours.length).filter((value) => value >= end && value > start).length;
    return inOrder >= IN_ORDER * (rows.length - 1) && beyond >= IN_ORDER * theirs.length;
  });
}

/** Whether values that differ nearly all rise, or nearly all fall, from row to row. */
export function isInOrder(values: readonly number[]): boolean {
  return [1, -1].some((sign) => {
    const inOrder = values.filter(
      (value, row) => row > 0 && sign * value >= sign * (values[row - 1] as number),
    );
    return inOrder.length >= IN_ORDER * (values.length - 1) && new Set(values).size > 1;
  });
}
