import { printNumber } from "../foundation/print/printNumber.ts";
import type { TrainingRun } from "../learning/training/train.ts";

/** A run that leaves more than this share of a constant's error has told the smaller part of what there is to tell. */
const MOST_LEFT = 0.5;

/**
 * What a run that keeps its laws leaves of the error of a constant, where that is more than half: its data allow no more, as far
 * as is known, and no one is to take it for a run that tells its targets. Null where it leaves less, and where every output is
 * judged by a measure of its own.
 *
 * @example littleTold(run) // "its error is 0.91 of what a constant leaves"
 */
export function littleTold({ train }: Pick<TrainingRun, "train">): string | null {
  const left = train.outputs
    .filter(({ measured }) => !measured)
    .map(({ errorOverPrior, lossOverVariance }) => ({
      errorOverPrior,
      error: errorOverPrior ?? lossOverVariance ?? 0,
    }))
    .reduce((most, one) => (one.error > most.error ? one : most), {
      errorOverPrior: null as number | null,
      error: 0,
    });
  if (!(left.error > MOST_LEFT)) return null;
  const error = printNumber(left.error);
  return left.errorOverPrior === null
    ? `its error is ${error} of what a constant leaves`
    : `it makes ${error} of the mistakes of always naming the commonest class`;
}
