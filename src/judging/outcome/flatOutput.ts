import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { commonOutputs } from "./commonOutputs.ts";
import { learnsClasses } from "./verdict.ts";

/**
 * The smallest healthy variance ratio of a single output. In 312 healthy runs (12 configs, 26 seeds each) the ratio was
 * 0.76 to 1.3; an output that is not trained had 0 to 0.07. If the loss is below a fifth of an output's variance, its
 * ratio is above 0.305 for any predictions whatever, since (1 − √ratio)² ≤ loss / Var(Y).
 */
export const LEAST_RATIO = 0.3;

/** Whether an output is nearly constant. A run that has learnt its classes is exempt. */
export function hasFlatOutput({ train }: TrainingRun): boolean {
  const least = leastVarianceRatio(train);
  return !learnsClasses(train) && least !== null && least < LEAST_RATIO;
}

/**
 * Returns the least variance ratio of any output; null if no output's targets vary. Among several outputs, those with
 * too few examples on their rarer side are left out; if all are left out, it returns the ratio of all outputs together.
 */
export function leastVarianceRatio(train: Evaluation): number | null {
  const common = commonOutputs(train);
  const asked =
    common.length > 0 ? common.map((output) => train.varianceRatios[output]) : train.varianceRatios;
  const ratios = asked.filter((ratio): ratio is number => typeof ratio === "number");
  if (ratios.length === 0) return null;
  // If no output can be judged alone, all are judged together.
  return common.length > 0 || train.varianceRatios.length === 1 ? Math.min(...ratios) : train.varianceRatio;
}
