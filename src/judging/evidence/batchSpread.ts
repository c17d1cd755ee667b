// Rows that stand in an order, such as class after class, and are not shuffled, make batches of examples that are alike:
// each step then teaches what the step before has to unlearn.

import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** A batch of fewer examples is alike by chance; several of them, one after another, teach as one. */
const FEWEST_ROWS = 16;

/**
 * Measures how much the targets within a batch vary, as a share of how much they vary in the whole set: about 1 for batches
 * that were drawn, and near 0 where each holds one class.
 *
 * @returns null for a subject that shuffles its rows, that has less than two batches, or whose targets are constant.
 */
export function spreadWithinBatches({
  shuffle,
  train,
  batchSize,
}: Pick<Subject, "shuffle" | "train" | "batchSize">): number | null {
  const { targets, outputs, count } = train;
  const rows = Math.max(batchSize, FEWEST_ROWS);
  const batches = Math.floor(count / rows);
  if (shuffle !== false || batches < 2) return null;
  const whole = average(columnVariances(targets, outputs));
  if (!(whole > 0)) return null;
  const within = Array.from({ length: batches }, (_, batch) =>
    average(columnVariances(targets.subarray(batch * rows * outputs, (batch + 1) * rows * outputs), outputs)),
  );
  // A batch that was drawn varies less than the whole by its mean, which is that of its own rows.
  return (average(within) / whole) * (rows / (rows - 1));
}
