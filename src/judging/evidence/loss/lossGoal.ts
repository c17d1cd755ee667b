import { printNumber } from "../../../foundation/print/printNumber.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import { isJudgedByItsLoss } from "../../../learning/measure/lossMeasure.ts";
import { areBinary } from "../../../learning/subject/own/labels.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { boundsOf } from "../targets/outputBounds.ts";
import type { Output } from "../targets/outputs.ts";
import { measureLossAtTargets, takesRawScores } from "./lossAtTargets.ts";

/** The share of what the mean costs that a run may still have to count as done by its own loss. */
const DONE = 0.2;

/**
 * Says why a loss of the project's own asks for something else than the targets; null if it does not, or if the run has not
 * reached what the loss asks for either. A sound loss is never named so: a run that it is content with is right.
 *
 * @param evaluation of the same output, of a run that fails.
 */
export async function findOtherGoal(
  { loss, part, prefix, activation }: Output,
  evaluation: OutputEvaluation,
): Promise<string | null> {
  if (typeof loss !== "function" || part.classification || asksForDistances(part)) return null;
  if (isJudgedByItsLoss(part)) return null;
  const { targets, predictions } = evaluation;
  const bounds = boundsOf(activation, predictions);
  const measured = await measureLossAtTargets(loss, { targets, shape: part.shape }, bounds);
  if (measured === null) return null;
  const { atTargets, atMean, lower, blindTo } = measured;
  const isDone = evaluation.loss <= atTargets + DONE * Math.max(0, atMean - atTargets);
  if (!isDone || (lower === null && blindTo === null)) return null;
  const found =
    lower === null
      ? `it stays the same when ${blindTo}`
      : `it is lower for ${lower} than for the targets themselves`;
  return `${prefix}the run has reached a loss of ${printNumber(evaluation.loss)}, where predictions equal to the targets have ${printNumber(atTargets)}, and yet its predictions are not the targets: ${found}; change the loss, or name the error that you mean in errorMeasure`;
}

/**
 * Says that a loss of the project's own takes raw scores while the outputs are probabilities already; null if it does not,
 * or if the targets are no classes.
 */
export async function findSecondSqueeze({
  loss,
  part,
  train,
  activation,
  prefix,
}: Output): Promise<string | null> {
  if (!mayBeSqueezedTwice({ loss, activation }) || typeof loss !== "function" || isJudgedByItsLoss(part))
    return null;
  const { targets, outputs } = train;
  const rows = Math.min(train.count, MOST_ROWS);
  const table = { shape: [train.count, outputs], values: targets };
  if (!areBinary(table)) return null;
  const isRaw = await takesRawScores(loss, { targets: spread(targets, outputs, rows), shape: part.shape });
  return isRaw
    ? `${prefix}the loss takes raw scores, and the outputs (${activation}) are probabilities already: predictions of exactly 0 and 1 leave a good part of the loss; give the last layer no activation, or take a loss of probabilities`
    : null;
}

/** Whether a loss is the project's own and its outputs are probabilities, so that it may squeeze them again. */
export function mayBeSqueezedTwice({ loss, activation }: Pick<Output, "loss" | "activation">): boolean {
  return typeof loss === "function" && /^(softmax|sigmoid)$/i.test(activation);
}

const MOST_ROWS = 256;

/** Takes rows at even distances, since files are often sorted by class. */
function spread(targets: Float32Array, columns: number, rows: number): Float32Array {
  const all = targets.length / columns;
  const taken = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * all) / rows) * columns;
    taken.set(targets.subarray(from, from + columns), row * columns);
  }
  return taken;
}
