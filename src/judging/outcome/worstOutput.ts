import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import { BY_CHANCE, standardErrorOfNumber, standardErrorOfShare } from "./chanceOfError.ts";
import { commonOutputs } from "./commonOutputs.ts";
import { boundOfWorstNumber, type FairThresholds } from "./fairThresholds.ts";
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
  /** How far this scatters among so few rows, by the estimate of {@link standardErrorOfShare}. */
  readonly standardError: number;
}

type Candidate = Omit<WorstOutput, "standardError"> & { readonly scatter: () => number };

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
    const numbers = numbersOf(output).map(
      ({ number, errorOverVariance }): Candidate => ({
        name: nameOfNumber(train, output, number),
        place: start + number,
        errorOverVariance,
        scatter: () => standardErrorOfNumber(output, number),
      }),
    );
    return outputs.length === 1 ? numbers : [...wholeOf(output, start), ...numbers];
  });
  const [worst] = candidates.sort((a, b) => b.errorOverVariance - a.errorOverVariance);
  if (worst === undefined) return null;
  const { scatter, ...found } = worst;
  return { ...found, standardError: scatter() };
}

/** The most that the worst number may leave of its own variance: what noise leaves, or what chance makes of its mean among so few rows. */
export function boundOfWorst(
  { standardError }: Pick<WorstOutput, "standardError">,
  thresholds: Pick<FairThresholds, "attainable">,
  outputs: number,
): number {
  return Math.max(boundOfWorstNumber(thresholds, outputs), ERROR_OF_THE_MEAN + BY_CHANCE * standardError);
}

/** The numbers of an output of several numbers that can be judged one by one. */
function numbersOf(output: OutputEvaluation): { number: number; errorOverVariance: number }[] {
  if (output.errorOverVariances.length < 2) return [];
  return commonOutputs(output).flatMap((number) => {
    const errorOverVariance = output.errorOverVariances[number] ?? null;
    return errorOverVariance === null ? [] : [{ number, errorOverVariance }];
  });
}

function wholeOf(output: OutputEvaluation, place: number): Candidate[] {
  const { name, lossOverVariance } = output;
  const scatter = () => standardErrorOfShare(output);
  return lossOverVariance === null ? [] : [{ name, place, errorOverVariance: lossOverVariance, scatter }];
}

function placesOf(outputs: readonly OutputEvaluation[]): number[] {
  let place = 0;
  return outputs.map(({ varianceRatios }) => {
    const start = place;
    place += varianceRatios.length;
    return start;
  });
}
