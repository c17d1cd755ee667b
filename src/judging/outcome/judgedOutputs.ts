import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import { learnsDecisions } from "./decisions.ts";
import { type FairThresholds, fairBound } from "./fairThresholds.ts";
import { FEW_ERRORS, learnsClasses } from "./learntClasses.ts";
import { learnsByMeasure } from "./ownMeasure.ts";

/** The default bound of the verdict on a squared error over its variance. */
export const LEARNT = 0.2;

/**
 * Whether an output has learnt what its squared error need not show: its classes, whose probabilities may still be far
 * from 0 and 1, the sides of labels that a loss for quantities fits, or what the subject's own error measure asks for, such as a direction of any length.
 */
export function learnsOtherwise(output: OutputEvaluation): boolean {
  const { measured, lossOverVariance } = output;
  if (measured !== null) return learnsByMeasure(output, LEARNT, FEW_ERRORS);
  // A small squared error says by itself what has been learnt of each number.
  return learnsClasses(output) || ((lossOverVariance ?? 0) >= LEARNT && learnsDecisions(output));
}

/**
 * Returns the outputs whose squared errors count: those that have not learnt otherwise, or all if all have.
 */
export function outputsBySquaredError({ outputs }: Pick<Evaluation, "outputs">): readonly OutputEvaluation[] {
  const open = outputs.filter((output) => !learnsOtherwise(output));
  return open.length === 0 ? outputs : open;
}

/**
 * Whether an output is a sequence of classes of which all is learnt that noise leaves. Some of its places, such as the
 * first, may be told by nothing, so that their squared errors say nothing either.
 *
 * @param place the output's place among the outputs.
 */
export function learnsNoisySequence(
  { shape, measured, errorOverPrior }: OutputEvaluation,
  place: number,
  thresholds: Pick<FairThresholds, "attainable">,
): boolean {
  return (
    measured === null &&
    errorOverPrior !== null &&
    shape.length > 1 &&
    errorOverPrior <= fairBound(FEW_ERRORS, thresholds, "errorOverPrior", place)
  );
}

/**
 * Whether every output has learnt what its squared error need not show; see {@link learnsOtherwise} and
 * {@link learnsNoisySequence}.
 */
export function allLearnOtherwise(
  { outputs }: Pick<Evaluation, "outputs">,
  thresholds: Pick<FairThresholds, "attainable">,
): boolean {
  return outputs.every(
    (output, place) => learnsOtherwise(output) || learnsNoisySequence(output, place, thresholds),
  );
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
