// A loss of a project's own is called with the targets first and the predictions second. One that was written for the other
// order takes the targets for the predictions, and need not pull the predictions anywhere near the targets.

import type { Loss } from "../../../learning/loss/loss.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import { isJudgedByItsLoss } from "../../../learning/measure/lossMeasure.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { ANY, type Bounds, boundsOf } from "../targets/outputBounds.ts";
import type { Output } from "../targets/outputs.ts";
import { measureLossAtTargets } from "./lossAtTargets.ts";
import { measureLossDirection } from "./lossDirection.ts";

/** A loss whose gradient has at least this cosine with that of the squared error pulls to the targets. */
const PULLS = 0.3;

/** Says that a loss which has a fault would be sound with its arguments in each other's place; null where it would not. */
export async function findTurnedArguments(
  { loss, part, train, prefix, activation }: Output,
  seed: number,
): Promise<string | null> {
  if (typeof loss !== "function" || asksForDistances(part) || isJudgedByItsLoss(part)) return null;
  const turned: Loss = (targets, predictions) => loss(predictions, targets);
  const pull = (await measureLossDirection(turned, part))?.cosine ?? 0;
  if (pull < PULLS) return null;
  const { targets } = sampleExamples(train, seed);
  const isLeast = async (one: Loss, bounds: Bounds) => {
    const at = await measureLossAtTargets(one, { targets, shape: part.shape }, bounds);
    return at !== null && at.lower === null && at.blindTo === null && at.atTargets < at.atMean;
  };
  if (await isLeast(loss, boundsOf(activation, targets))) return null;
  // A loss that asks for twice the targets looks least at the targets where the outputs reach no further.
  if (!(await isLeast(turned, ANY))) return null;
  return `${prefix}the loss is not least where predictions equal the targets, and it is with its two arguments in each other's place; it is called with the targets first, as loss(y_true, y_pred)`;
}
