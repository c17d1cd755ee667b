import type { Thresholds } from "../../learning/config/schema.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { ERROR_OF_THE_MEAN, worstOutput } from "./worstOutput.ts";

/** The result of one run. */
export type Verdict = "diverged" | "collapsed" | "learns" | "stalled";

/**
 * Classes count as learnt if the run makes at most this share of the majority class's errors. Probabilities may be far
 * from 0 and 1, and the squared error large, long after the network tells the classes apart.
 */
export const FEW_ERRORS = 0.3;

/** A run on constant targets is judged by its mean squared error alone: it learns below this. */
const NEAR_ZERO = 1e-4;

/**
 * Judges a run by its predictions for its training examples, at most 256 of them, drawn by the seed.
 *
 * - `diverged`: a loss or weight is not finite, or the loss is over ten times Var(Y) while predictions vary
 * - `collapsed`: the predictions vary less than a twentieth as much as the targets
 * - `learns`: the loss is below a fifth of Var(Y), and no output is worse than its own mean
 * - `stalled`: anything else
 *
 * Classes are also learnt if the run makes at most 0.3 of the majority class's errors, however unsure its
 * probabilities.
 *
 * Since loss / Var(Y) ≥ (1 − √ratio)² for any predictions whatever, no run both collapses and learns.
 * If Var(Y) is 0 (one example), nothing can collapse: the run learns if its error is near zero.
 */
export function judge(
  { finite, train }: Pick<TrainingRun, "finite" | "train">,
  thresholds: Thresholds,
): Verdict {
  const { varianceRatio, lossOverVariance, meanSquaredError } = train;
  if (!finite || !Number.isFinite(meanSquaredError)) return "diverged";
  if (varianceRatio === null || lossOverVariance === null) {
    return meanSquaredError < NEAR_ZERO ? "learns" : "stalled";
  }
  if (learnsClasses(train)) return "learns";
  const varies = varianceRatio >= thresholds.varianceRatio;
  if (varies && lossOverVariance > thresholds.divergedLossOverVariance) return "diverged";
  if (!varies) return "collapsed";
  if (isWorseThanItsMean(train)) return "stalled";
  return lossOverVariance < thresholds.lossOverVariance ? "learns" : "stalled";
}

function isWorseThanItsMean(train: Evaluation): boolean {
  return (worstOutput(train)?.errorOverVariance ?? 0) >= ERROR_OF_THE_MEAN;
}

/** Whether the targets are classes and the run makes few of the majority class's errors. */
export function learnsClasses({ errorOverPrior }: Pick<Evaluation, "errorOverPrior">): boolean {
  return errorOverPrior !== null && errorOverPrior <= FEW_ERRORS;
}
