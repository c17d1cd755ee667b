import type { Evaluation } from "../../learning/training/evaluation.ts";
import { commonOutputs } from "./commonOutputs.ts";

/** The error over an output's own variance that its mean has; from here on the predictions are no better. */
export const ERROR_OF_THE_MEAN = 1;

/** The output with the largest error relative to its own variance. */
export interface WorstOutput {
  readonly output: number;
  /** Its mean squared error over its own variance. */
  readonly errorOverVariance: number;
}

/**
 * Finds the output with the largest error over its own variance. If outputs have different units, the one with the
 * largest numbers dominates an average, so this compares each with its own variance. Outputs with too few examples on
 * one side are left out.
 *
 * @returns null if there is a single output, or if no output can be judged alone.
 */
export function worstOutput(train: Evaluation): WorstOutput | null {
  if (train.errorOverVariances.length < 2) return null;
  const errors = commonOutputs(train).flatMap((output) => {
    const errorOverVariance = train.errorOverVariances[output] ?? null;
    return errorOverVariance === null ? [] : [{ output, errorOverVariance }];
  });
  return errors.sort((a, b) => b.errorOverVariance - a.errorOverVariance)[0] ?? null;
}
