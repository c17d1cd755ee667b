import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import { learnsClasses } from "./learntClasses.ts";

/**
 * Returns the outputs whose squared errors count. An output that has learnt its classes is left out, because
 * probabilities that name the right classes may still be far from 0 and 1. If all have learnt theirs, all are returned.
 */
export function outputsBySquaredError({ outputs }: Pick<Evaluation, "outputs">): readonly OutputEvaluation[] {
  const open = outputs.filter((output) => !learnsClasses(output));
  return open.length === 0 ? outputs : open;
}

/** Whether every output is classes that the run has learnt. */
export function learnsAllClasses({ outputs }: Pick<Evaluation, "outputs">): boolean {
  return outputs.every(learnsClasses);
}

/** Names every number of a row of targets, in its order; see {@link nameOfNumber}. */
export function namesOfNumbers(evaluation: Pick<Evaluation, "outputs">): string[] {
  return evaluation.outputs.flatMap((output) =>
    output.varianceRatios.map((_, number) => nameOfNumber(evaluation, output, number)),
  );
}

/** Names one number of an output: `output 2` of a model with one output, `price` or `place, number 2` of one with several. */
export function nameOfNumber(
  { outputs }: Pick<Evaluation, "outputs">,
  { name, varianceRatios }: OutputEvaluation,
  number: number,
): string {
  if (outputs.length === 1) return `output ${number}`;
  return varianceRatios.length === 1 ? name : `${name}, number ${number}`;
}
