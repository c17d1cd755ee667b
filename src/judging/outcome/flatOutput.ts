import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { commonOutputs } from "./commonOutputs.ts";
import { learnsClasses } from "./verdict.ts";

/**
 * The least variance ratio of any one output. In 312 healthy runs (12 configs, 26 seeds each) it was 0.76
 * to 1.3; an output that is not trained was measured at 0 to 0.07. Where the loss is below a fifth of an
 * output's variance its ratio is above 0.305 for any predictions whatever: (1 − √ratio)² ≤ loss / Var(Y).
 */
export const LEAST_RATIO = 0.3;

/** Whether an output is flat although classes, if that is what it names, are not told apart. */
export function hasFlatOutput({ train }: TrainingRun): boolean {
  const least = leastVarianceRatio(train);
  return !learnsClasses(train) && least !== null && least < LEAST_RATIO;
}

/**
 * The least variance ratio of an output; null where none varies. Among several outputs, one that has too few examples on
 * its rarer side is left out, unless all are so.
 */
export function leastVarianceRatio(train: Evaluation): number | null {
  const common = commonOutputs(train);
  const asked =
    common.length > 0 ? common.map((output) => train.varianceRatios[output]) : train.varianceRatios;
  const ratios = asked.filter((ratio): ratio is number => typeof ratio === "number");
  if (ratios.length === 0) return null;
  // Where every output is rare, they are judged together.
  return common.length > 0 || train.varianceRatios.length === 1 ? Math.min(...ratios) : train.varianceRatio;
}
