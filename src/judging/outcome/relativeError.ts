import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { targetParts, withOutput } from "../../learning/subject/parts.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";

/** Returns the number that an output's mean squared error is divided by, such as the error of a constant. */
export type VarianceOf = (output: OutputEvaluation, index: number) => number;

/** Returns the largest relative error of an output. Classes count as known if every prediction is right, however unsure. */
export function relativeError({ outputs }: Pick<Evaluation, "outputs">, varianceOf: VarianceOf): number {
  return Math.max(
    ...outputs.map((output, index) =>
      output.errorOverPrior === 0 ? 0 : output.meanSquaredError / varianceOf(output, index),
    ),
  );
}

/** Measures Var(Y) of each output; 1 for an output whose targets are all equal. */
export function outputVariances(examples: Examples): number[] {
  return targetParts(examples).map((part) => {
    const { targets, outputs } = withOutput(examples, part);
    return average(columnVariances(targets, outputs)) || 1;
  });
}
