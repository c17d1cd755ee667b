import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { errorOfClasses } from "./evenedClasses.ts";
import { type FairThresholds, leftByNoise } from "./fairThresholds.ts";
import { MAX_HELD_OUT_ERROR } from "./heldOutError.ts";
import { measuredBound, measuredRatio } from "./ownMeasure.ts";

/** The share of a constant's error below which a run has told most of what there is to tell: what is asked of held-out examples. */
const HALF = MAX_HELD_OUT_ERROR;

/**
 * The least variance ratio of a number of which half is told: (1 − √ratio)² ≤ loss / Var(Y) for any predictions whatever. An
 * output that is not trained has 0 to 0.07.
 */
export const VARIES_BY_HALF = (1 - Math.sqrt(HALF)) ** 2;

/** Whether a run tells more than half of every output, of what noise leaves to be told: by its own measure, by classes, or by squares. */
export function tellsHalf(
  { finite, train }: Pick<TrainingRun, "finite" | "train">,
  thresholds: FairThresholds,
): boolean {
  return finite && train.outputs.every((output, place) => tellsHalfOf(output, place, thresholds));
}

function tellsHalfOf(output: OutputEvaluation, place: number, thresholds: FairThresholds): boolean {
  const { measured, lossOverVariance } = output;
  if (measured)
    return measured.constantInTraining === 0 || measuredRatio(measured) < measuredBound(measured, HALF, HALF);
  const ofClasses = errorOfClasses(output, thresholds.evened);
  if (ofClasses !== null) return ofClasses < halfOfTheRest(leftByNoise(thresholds, "errorOverPrior", place));
  return (
    lossOverVariance === null ||
    lossOverVariance < halfOfTheRest(leftByNoise(thresholds, "lossOverVariance", place))
  );
}

function halfOfTheRest(left: number): number {
  return left + HALF * (1 - left);
}
