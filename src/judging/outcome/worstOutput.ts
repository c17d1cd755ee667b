import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import { commonOutputs } from "./commonOutputs.ts";
import { nameOfNumber, outputsBySquaredError } from "./judgedOutputs.ts";

/** The error over an output's own variance that its mean has; from here on the predictions are no better. */
export const ERROR_OF_THE_MEAN = 1;

/** The output, or the number of an output, with the largest error relative to its own variance. */
export interface WorstOutput {
  /** Its name, such as `output 2`, or `price` of a model with several outputs. */
  readonly name: string;
  /** Place of its first number in a row of targets. */
  readonly place: number;
  /** Its mean squared error over its own variance. */
  readonly errorOverVariance: number;
}

/**
 * Finds the output with the largest error over its own variance. If outputs have different units, the one with the
 * largest numbers dominates an average, so this compares each with its own variance. So are the numbers of one output,
 * except those with too few examples on one side.
 *
 * @returns null if there is a single number, or if nothing can be judged alone.
 */
export function worstOutput(train: Pick<Evaluation, "outputs">): WorstOutput | null {
  const { outputs } = train;
  const judged = outputsBySquaredError(train);
  const places = placesOf(outputs);
  const candidates = outputs.flatMap((output, index) => {
    if (!judged.includes(output)) return [];
    const start = places[index] as number;
    const numbers = numbersOf(output).map(({ number, errorOverVariance }) => ({
      name: nameOfNumber(train, output, number),
      place: start + number,
      errorOverVariance,
    }));
    return outputs.length === 1 ? numbers : [...wholeOf(output, start), ...numbers];
  });
  return candidates.sort((a, b) => b.errorOverVariance - a.errorOverVariance)[0] ?? null;
}

/** The numbers of an output of several numbers that can be judged one by one. */
function numbersOf(output: OutputEvaluation): { number: number; errorOverVariance: number }[] {
  if (output.errorOverVariances.length < 2) return [];
  return commonOutputs(output).flatMap((number) => {
    const errorOverVariance = output.errorOverVariances[number] ?? null;
    return errorOverVariance === null ? [] : [{ number, errorOverVariance }];
  });
}

function wholeOf({ name, lossOverVariance }: OutputEvaluation, place: number): WorstOutput[] {
  return lossOverVariance === null ? [] : [{ name, place, errorOverVariance: lossOverVariance }];
}

function placesOf(outputs: readonly OutputEvaluation[]): number[] {
  let place = 0;
  return outputs.map(({ varianceRatios }) => {
    const start = place;
    place += varianceRatios.length;
    return start;
  });
}
