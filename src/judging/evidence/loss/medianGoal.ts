// The mean absolute error is least at the median. Where most targets are one value, such as the 0 of days without rain, that is
// the median of nearly every example, and a network that does what it is asked says it everywhere.

import { columnOf } from "../../../foundation/numbers/statistics.ts";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { spreadOf } from "../spread.ts";
import type { Output } from "../targets/outputs.ts";

/** From this share of the targets on, a value is their median wherever the inputs do not tell that it is another. */
const MOST = 0.5;
/** Where nearly all targets are one value, no loss hears of the few others. */
const NEARLY_ALL = 0.98;

/** Answers that lie on average at most this part of the way from the value to the mean of the targets are drawn to the value. */
const DRAWN = 0.75;
/** In a picture or a spectrum, a value that most of its numbers have is what lies around the things that it shows. */
const MOST_COLUMNS = 16;

/**
 * Says what value the mean absolute error has drawn the answers of a failed run to; null where it has another loss, or no value
 * is the target of most examples.
 */
export function findMedianGoal(
  { loss, part, train, prefix }: Output,
  { predictions, targets }: Pick<OutputEvaluation, "predictions" | "targets">,
): string | null {
  if (typeof loss === "function" || loss.name !== "mae" || part.classification || part.measure) return null;
  if (part.size > MOST_COLUMNS) return null;
  for (let column = 0; column < part.size; column++) {
    const { value, share } = commonest(columnOf(train.targets, part.size, column));
    const meanOf = (table: Float32Array) => spreadOf(table, column, part.size).mean - value;
    const [answered, asked] = [meanOf(predictions), meanOf(targets)];
    if (share < MOST || share >= NEARLY_ALL || Math.abs(answered) > DRAWN * Math.abs(asked)) continue;
    return `${prefix}${percent(share)} of the targets are ${printNumber(value)}, and the mean absolute error is least at the median: wherever the inputs leave open whether a target is another, it asks for ${printNumber(value)}, and never for the mean; the answers are ${printNumber(answered + value)} on average, the targets ${printNumber(asked + value)}`;
  }
  return null;
}

function commonest(values: Float32Array): { readonly value: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  return { value, share: count / values.length };
}
