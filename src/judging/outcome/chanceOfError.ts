// A run is judged on at most 256 rows. Where the inputs tell little of noisy targets, of an event that one row in eight shows
// say, the share of Var(Y) that a run leaves of so few rows scatters by more than what there is to be told.

import { average, columnMeans, columnOf } from "../../foundation/numbers/statistics.ts";
import type { Quality } from "../../learning/training/quality.ts";

/** A run as good as the best reference leaves so many standard errors more once in about 160 samples. */
export const BY_CHANCE = 2.5;

/**
 * Estimates the standard error of the share of Var(Y) that predictions leave, among rows that were drawn by chance: how much the
 * predictions are better or worse than the mean of the targets differs from row to row. It is 0 for that mean itself, so that
 * chance excuses no constant.
 */
export function standardErrorOfShare({
  predictions,
  targets,
  examples,
}: Pick<Quality, "predictions" | "targets" | "examples">): number {
  const columns = targets.length / examples;
  const means = columnMeans(targets, columns);
  const gained = new Float64Array(examples);
  let ofMean = 0;
  for (const [at, target] of targets.entries()) {
    const [row, mean] = [Math.floor(at / columns), means[at % columns] as number];
    gained[row] =
      (gained[row] as number) + ((predictions[at] as number) - target) ** 2 - (mean - target) ** 2;
    ofMean += (mean - target) ** 2;
  }
  const middle = average([...gained]);
  const spread = gained.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  return ofMean === 0 ? 0 : Math.sqrt(spread) / ofMean;
}

/** Estimates the same of one number of the predictions, by its place in a row. */
export function standardErrorOfNumber(
  { predictions, targets, examples }: Pick<Quality, "predictions" | "targets" | "examples">,
  number: number,
): number {
  const columns = targets.length / examples;
  return standardErrorOfShare({
    predictions: columnOf(predictions, columns, number),
    targets: columnOf(targets, columns, number),
    examples,
  });
}
