import type { OutputEvaluation } from "../../learning/training/evaluation.ts";

/**
 * Classes count as learnt if the run makes at most this share of the majority class's errors. Probabilities may be far
 * from 0 and 1, and the squared error large, long after the network tells the classes apart.
 */
export const FEW_ERRORS = 0.3;

/** Whether the targets are classes and the run makes few of the majority class's errors. */
export function learnsClasses({ errorOverPrior }: Pick<OutputEvaluation, "errorOverPrior">): boolean {
  return errorOverPrior !== null && errorOverPrior <= FEW_ERRORS;
}
