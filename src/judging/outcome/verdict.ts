import { OWN_LOSS } from "../../learning/measure/lossMeasure.ts";
import type { Measured } from "../../learning/measure/measureErrors.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { asTold } from "./asTold.ts";
import { learnsDecisions } from "./decisions.ts";
import { errorOfClasses } from "./evenedClasses.ts";
import { shareByMeasure } from "./fairMeasure.ts";
import {
  boundOfProbabilities,
  type FairThresholds,
  fairBound,
  fairBoundOfShare,
  fairVariation,
  leftByNoise,
} from "./fairThresholds.ts";
import { learnsNoisySequence } from "./judgedOutputs.ts";
import { FEW_ERRORS, learnsClasses } from "./learntClasses.ts";
import { measuredBound, measuredRatio } from "./ownMeasure.ts";
import { boundOfWorst, ERROR_OF_THE_MEAN, worstOutput } from "./worstOutput.ts";

/** The result of one run. */
export type Verdict = "diverged" | "collapsed" | "learns" | "stalled";

/** A run on constant targets is judged by its mean squared error alone: it learns below this. */
const NEAR_ZERO = 1e-4;

/**
 * Judges a run by its predictions for its training examples, at most 256 of them, drawn by the seed.
 *
 * - `diverged`: a loss or weight is not finite, or the loss is over ten times Var(Y) while predictions vary;
 *   the loss may have been larger still before training, which {@link isStillFarOff} tells
 * - `collapsed`: the predictions vary less than a twentieth as much as the targets
 * - `learns`: the loss is below a fifth of Var(Y), and no output is worse than its own mean
 * - `stalled`: anything else
 *
 * Where the data are so noisy that ridge regressions on them leave more than a fifth in cross-validation, a run learns
 * that tells four fifths of what they tell.
 *
 * Classes are also learnt if the run makes at most 0.3 of the majority class's errors, however unsure its
 * probabilities. Where weights even the classes out, answers count by them. So are labels of two values that a loss for
 * quantities fits, if as few answers lie on the wrong side of the middle.
 *
 * Since loss / Var(Y) ≥ (1 − √ratio)² for any predictions whatever, no run both collapses and learns.
 * If Var(Y) is 0 (one example), nothing can collapse: the run learns if its error is near zero.
 *
 * An output with an error measure of its own is judged by that error over the error of the best constant, in place of the
 * squared error over Var(Y); the bound of an absolute error is the root of that of a squared one.
 *
 * An output that is no prediction of its targets, such as a mean and a variance, is judged by its own loss alone: by how
 * far it comes from the best constant towards what a reference reaches under the same loss.
 *
 * A model with several outputs is judged output by output, each by its own error over its own variance: it learns if
 * every output learns, has diverged if one has, and has collapsed if every output that does not learn has collapsed.
 */
export function judge(
  { finite, train }: Pick<TrainingRun, "finite" | "train">,
  thresholds: FairThresholds,
): Verdict {
  if (!finite) return "diverged";
  const verdicts = train.outputs.map((output, place) => judgeOutput(output, place, thresholds));
  if (verdicts.includes("diverged")) return "diverged";
  const failing = verdicts.filter((verdict) => verdict !== "learns");
  if (failing.length === 0) return "learns";
  return failing.every((verdict) => verdict === "collapsed") ? "collapsed" : "stalled";
}

function judgeOutput(output: OutputEvaluation, place: number, thresholds: FairThresholds): Verdict {
  const { varianceRatio, lossOverVariance, meanSquaredError, measured } = output;
  if (!Number.isFinite(meanSquaredError)) return "diverged";
  if (measured) return judgeByMeasure(output, measured, place, thresholds);
  if (varianceRatio === null || lossOverVariance === null) {
    return meanSquaredError < NEAR_ZERO ? "learns" : "stalled";
  }
  if (learnsClasses({ errorOverPrior: errorOfClasses(output, thresholds.evened) })) return "learns";
  if (learnsNoisySequence(output, place, thresholds)) return "learns";
  // A squared error below the bound needs no other reason.
  if (!(lossOverVariance < thresholds.lossOverVariance) && learnsDecisions(output)) return "learns";
  const varies =
    varianceRatio >= thresholds.varianceRatio || varianceRatio >= fairVariation(thresholds, place);
  if (varies && lossOverVariance > thresholds.divergedLossOverVariance) return "diverged";
  if (!varies) return "collapsed";
  if (isWorseThanItsMean(output, place, thresholds)) return "stalled";
  return lossOverVariance < thresholds.lossOverVariance || reachesWhatIsPossible(output, place, thresholds)
    ? "learns"
    : "stalled";
}

/**
 * Whether a run learns by what its noisy data allow, and not by the strict thresholds. Few wrong answers that the subject's
 * own measure counts do not hide that noise leaves a large squared error.
 */
export function learnsDespiteNoise(
  run: Pick<TrainingRun, "finite" | "train">,
  thresholds: FairThresholds,
): boolean {
  if (judge(run, thresholds) !== "learns") return false;
  return (
    judge(run, { ...thresholds, attainable: null }) === "stalled" ||
    run.train.outputs.some((output, place) => countsAmongNoise(output, place, thresholds))
  );
}

function countsAmongNoise(
  { measured, lossOverVariance }: OutputEvaluation,
  place: number,
  thresholds: FairThresholds,
): boolean {
  if (measured?.degree !== 0 || lossOverVariance === null) return false;
  const { lossOverVariance: strict } = thresholds;
  return lossOverVariance >= strict && leftByNoise(thresholds, "lossOverVariance", place) >= strict;
}

/** Whether noise alone keeps the run from the strict bounds. */
function reachesWhatIsPossible(output: OutputEvaluation, place: number, thresholds: FairThresholds): boolean {
  const { lossOverVariance } = output;
  const errorOverPrior = errorOfClasses(output, thresholds.evened);
  if (errorOverPrior !== null) {
    const probabilities = asTold(output, thresholds.evened);
    const ofSquares = boundOfProbabilities(thresholds.lossOverVariance, thresholds, place, probabilities);
    const left = probabilities.lossOverVariance;
    if (ofSquares !== null && left !== null && left < ofSquares) return true;
    return errorOverPrior <= fairBound(FEW_ERRORS, thresholds, "errorOverPrior", place, output.examples);
  }
  const bound = fairBoundOfShare(thresholds.lossOverVariance, thresholds, place, output);
  return lossOverVariance !== null && lossOverVariance < bound;
}

/**
 * Judges an output by the subject's own error measure. A run that learns by it is asked for nothing else: it beats every
 * constant, so its predictions vary, though perhaps on another scale than the targets.
 */
function judgeByMeasure(
  output: OutputEvaluation,
  measured: Measured,
  place: number,
  thresholds: FairThresholds,
): Verdict {
  const ratio = measuredRatio(measured);
  if (!Number.isFinite(ratio)) return "diverged";
  const isKnown = measured.constantInTraining > 0;
  if (!isKnown) return ratio < NEAR_ZERO ? "learns" : "stalled";
  const { share, bound } = shareByMeasure(output, measured, thresholds, place);
  if (share < bound) return "learns";
  const varies = measured.name === OWN_LOSS ? measured.variation : output.varianceRatio;
  if (varies !== null && varies < thresholds.varianceRatio) return "collapsed";
  const tooFar = thresholds.divergedLossOverVariance;
  return ratio > measuredBound(measured, tooFar, tooFar) ? "diverged" : "stalled";
}

function isWorseThanItsMean(output: OutputEvaluation, place: number, thresholds: FairThresholds): boolean {
  const worst = worstOutput({ outputs: [output] });
  if (worst === null || worst.errorOverVariance < ERROR_OF_THE_MEAN) return false;
  return worst.errorOverVariance >= boundOfWorst(worst, thresholds, place + 1);
}
