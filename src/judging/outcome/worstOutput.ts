import type { Evaluation } from "../../learning/training/evaluation.ts";
import { commonOutputs } from "./commonOutputs.ts";

/** An error over its own variance that a constant has: the output is worse than its mean from here on. */
export const ERROR_OF_THE_MEAN = 1;

/** The output that is predicted worst by its own measure. */
export interface WorstOutput {
  readonly output: number;
  /** Its mean squared error over its own variance. */
  readonly errorOverVariance: number;
}

/**
 * The output with the largest error over its own variance. An average over outputs in different units hears only the
 * one with the largest numbers; this asks each in its own. Outputs with too few examples on one side are left out.
 *
 * @returns null where there is a single output, or none that can be judged by itself.
 */
export function worstOutput(train: Evaluation): WorstOutput | null {
  if (train.errorOverVariances.length < 2) return null;
  const errors = commonOutputs(train).flatMap((output) => {
    const errorOverVariance = train.errorOverVariances[output] ?? null;
    return errorOverVariance === null ? [] : [{ output, errorOverVariance }];
  });
  return errors.sort((a, b) => b.errorOverVariance - a.errorOverVariance)[0] ?? null;
}
