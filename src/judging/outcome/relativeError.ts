import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Measured } from "../../learning/measure/measureErrors.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { targetParts, withOutput } from "../../learning/subject/parts.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";

/** Returns the number that an output's mean squared error is divided by, such as the error of a constant. */
export type VarianceOf = (output: OutputEvaluation, index: number) => number;

/**
 * Returns the largest relative error of an output. Classes count as known if every prediction is right, however unsure.
 * An error measure of its own counts as the squared error that would be as far: an absolute error, or an angle, over that
 * of the best constant is squared.
 */
export function relativeError({ outputs }: Pick<Evaluation, "outputs">, varianceOf: VarianceOf): number {
  return Math.max(
    ...outputs.map((output, index) => {
      if (output.measured) return asSquared(output.measured);
      return output.errorOverPrior === 0 ? 0 : output.meanSquaredError / varianceOf(output, index);
    }),
  );
}

function asSquared(measured: Measured): number {
  const { error, constantInTraining, degree } = measured;
  const ratio = constantInTraining > 0 ? error / constantInTraining : error;
  return degree === 1 ? ratio ** 2 : ratio;
}

/** Measures Var(Y) of each output; 1 for an output whose targets are all equal. */
export function outputVariances(examples: Examples): number[] {
  return targetParts(examples).map((part) => {
    const { targets, outputs } = withOutput(examples, part);
    return average(columnVariances(targets, outputs)) || 1;
  });
}
