import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { FairThresholds } from "../outcome/fairThresholds.ts";
import { relativeError } from "../outcome/relativeError.ts";
import { judge, learnsDespiteNoise } from "../outcome/verdict.ts";
import { NEAR_ZERO } from "../rung/rung.ts";

/** Of so many noisy examples, what fits them need not memorise their noise. */
const MANY = 16;

/**
 * Whether the examples are memorised: the error is near zero, or every class is predicted correctly. Of noisy examples
 * it is enough that a run learns what there is beside the noise, once there are many.
 */
export function isLearntByHeart(evaluation: Evaluation, thresholds: FairThresholds): boolean {
  if (evaluation.examples >= MANY && learnsDespiteNoise({ finite: true, train: evaluation }, thresholds))
    return true;
  if (evaluation.outputs.some(({ measured }) => measured !== null))
    return relativeError(evaluation, ({ targetVariance }) => targetVariance || 1) <= NEAR_ZERO;
  if (evaluation.outputs.every(({ errorOverPrior }) => errorOverPrior === 0)) return true;
  if (judge({ finite: true, train: evaluation }, thresholds) !== "learns") return false;
  return evaluation.outputs.every(
    ({ errorOverPrior, lossOverVariance }) =>
      errorOverPrior === 0 || lossOverVariance === null || lossOverVariance <= NEAR_ZERO,
  );
}
