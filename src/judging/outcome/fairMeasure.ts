import type { Measured } from "../../learning/measure/measureErrors.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import { type FairThresholds, fairBound } from "./fairThresholds.ts";
import { FEW_ERRORS } from "./learntClasses.ts";
import { measuredBound, measuredRatio, nameOfRatio } from "./ownMeasure.ts";

/** What an output is judged by, as a share of what the best constant has. */
export interface MeasuredShare {
  readonly share: number;
  /** The run learns below it. */
  readonly bound: number;
  readonly detail: string;
}

/**
 * Measures an output by the subject's own error measure. Noise allows as much more of wrong classes and of absolute errors
 * as it does of an output that has no measure of its own; what it allows of other measures nobody knows.
 *
 * A loss such as the dice loss gives up right answers of the commonest class for some of a rare one. Where a run makes too
 * many wrong answers but explains as much of the labels as a reference does, its squared error is what it is judged by.
 *
 * @param place the output's place among the outputs.
 */
export function shareByMeasure(
  { lossOverVariance }: Pick<OutputEvaluation, "lossOverVariance">,
  measured: Measured,
  thresholds: FairThresholds,
  place: number,
): MeasuredShare {
  const own = { share: measuredRatio(measured), detail: nameOfRatio(measured) };
  const strict = measuredBound(measured, thresholds.lossOverVariance, FEW_ERRORS);
  if (own.share < strict) return { ...own, bound: strict };
  const { name } = measured;
  if (name !== "accuracy" && name !== "meanAbsoluteError") return { ...own, bound: strict };
  const ofSquares = fairBound(thresholds.lossOverVariance, thresholds, "lossOverVariance", place);
  if (name === "meanAbsoluteError") return { ...own, bound: measuredBound(measured, ofSquares, FEW_ERRORS) };
  const bound = fairBound(FEW_ERRORS, thresholds, "errorOverPrior", place);
  return own.share >= bound && lossOverVariance !== null && lossOverVariance < ofSquares
    ? { share: lossOverVariance, bound: ofSquares, detail: "mean squared error / Var(Y)" }
    : { ...own, bound };
}
