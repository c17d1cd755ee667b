// Rows that stand in an order, such as class after class or user after user, and are not shuffled, make batches of examples
// that are alike: each step then teaches what the step before has to unlearn.

import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** A batch of fewer examples is alike by chance; several of them, one after another, teach as one. */
const FEWEST_ROWS = 16;
/** Rows of more numbers are pictures and texts, of which no single number sorts them. */
const MOST_COLUMNS = 64;

type Sorted = Pick<Subject, "shuffle" | "train" | "batchSize">;

/**
 * Measures how much the targets within a batch vary, as a share of how much they vary in the whole set: about 1 for batches
 * that were drawn, and near 0 where each holds one class.
 *
 * @returns null for a subject that shuffles its rows, that has less than two batches, or whose targets are constant.
 */
export function spreadWithinBatches(subject: Sorted): number | null {
  const { targets, outputs } = subject.train;
  const shares = sharesWithin(subject, targets, outputs);
  if (shares === null) return null;
  const whole = average(shares.map(({ all }) => all));
  return whole > 0 ? average(shares.map(({ within }) => within)) / whole : null;
}

/**
 * Finds the whole number of a row, such as that of a user, which varies the least within a batch.
 *
 * @returns its place, counted from 0, and how much it varies as a share of how much it does in the whole set; null where
 * `spreadWithinBatches` is, or where no row is a list of a few numbers.
 */
export function sortedColumn(subject: Sorted): { readonly column: number; readonly spread: number } | null {
  const { inputs, inputShape, count } = subject.train;
  const columns = inputs.length / count;
  if (inputShape.length !== 1 || columns > MOST_COLUMNS) return null;
  const isWhole = (column: number) =>
    Array.from({ length: count }, (_, row) => inputs[row * columns + column]).every(Number.isInteger);
  const found = (sharesWithin(subject, inputs, columns) ?? [])
    .map(({ within, all }, column) => ({ column, spread: within / all }))
    .filter(({ column, spread }) => Number.isFinite(spread) && isWhole(column))
    .sort((a, b) => a.spread - b.spread)[0];
  return found ?? null;
}

/** How much each column varies within the batches and in all rows; null for shuffled rows and for a single batch. */
function sharesWithin({ shuffle, train, batchSize }: Sorted, numbers: Float32Array, columns: number) {
  const rows = Math.max(batchSize, FEWEST_ROWS);
  const batches = Math.floor(train.count / rows);
  if (shuffle !== false || batches < 2) return null;
  const each = Array.from({ length: batches }, (_, batch) =>
    columnVariances(numbers.subarray(batch * rows * columns, (batch + 1) * rows * columns), columns),
  );
  // A batch that was drawn varies less than the whole by its mean, which is that of its own rows.
  return Array.from(columnVariances(numbers, columns), (all, column) => ({
    all,
    within: average(each.map((variances) => variances[column] as number)) * (rows / (rows - 1)),
  }));
}
