import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { commonOutputs } from "./commonOutputs.ts";
import type { FairThresholds } from "./fairThresholds.ts";
import { allLearnOtherwise, outputsBySquaredError } from "./judgedOutputs.ts";

/**
 * The smallest healthy variance ratio of a single output. In 312 healthy runs (12 configs, 26 seeds each) the ratio was
 * 0.76 to 1.3; an output that is not trained had 0 to 0.07. If the loss is below a fifth of an output's variance, its
 * ratio is above 0.305 for any predictions whatever, since (1 − √ratio)² ≤ loss / Var(Y).
 */
export const LEAST_RATIO = 0.3;

/** Whether an output is nearly constant. An output that has learnt its classes is exempt. */
export function hasFlatOutput(
  { train }: TrainingRun,
  thresholds: Pick<FairThresholds, "attainable">,
): boolean {
  const least = leastVarianceRatio(train);
  return least !== null && least < LEAST_RATIO && !allLearnOtherwise(train, thresholds);
}

/**
 * Returns the least variance ratio of any output, or of any number of an output; null if no targets vary. Outputs that
 * have learnt their classes are left out where others have not.
 */
export function leastVarianceRatio(train: Pick<Evaluation, "outputs">): number | null {
  const ratios = outputsBySquaredError(train)
    .map(leastOf)
    .filter((ratio): ratio is number => ratio !== null);
  return ratios.length === 0 ? null : Math.min(...ratios);
}

/**
 * Among the numbers of an output, those with too few examples on their rarer side are left out; if all are left out,
 * the ratio of all of them together counts.
 */
function leastOf(output: OutputEvaluation): number | null {
  const common = commonOutputs(output);
  const asked =
    common.length > 0 ? common.map((number) => output.varianceRatios[number]) : output.varianceRatios;
  const ratios = asked.filter((ratio): ratio is number => typeof ratio === "number");
  if (ratios.length === 0) return null;
  // If no number can be judged alone, all are judged together.
  return common.length > 0 || output.varianceRatios.length === 1 ? Math.min(...ratios) : output.varianceRatio;
}
