// Rows that hold a single name, as a number or one-hot: whatever their targets are, the mean of the rows with the same name is
// all that any network can predict, and a network of one layer can predict it.

import type { Examples } from "../../../learning/subject/examples.ts";
import { type CountWrong, errorsOf, type Fold, type FoldErrors } from "./crossValidation.ts";

const FOLDS = 5;
const ROWS_OF_A_NAME = 8;
/** What the names tell counts from so many of its standard errors. */
const SURELY = 4;
const MOST_NUMBERS = 2e6;

/** Whether each row of inputs is 1 at one place and 0 elsewhere. */
export function areOneHot({ inputs, count }: Pick<Examples, "inputs" | "count">): boolean {
  const columns = inputs.length / count;
  if (columns < 2) return false;
  for (let row = 0; row < count; row++) {
    let ones = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      if (inputs[at] === 1) ones++;
      else if (inputs[at] !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return true;
}

/**
 * Predicts each fifth of the rows by the means of the others with the same name.
 *
 * @param count null where the targets are numbers.
 * @returns null where the rows hold no single name, or surely nothing is told by it.
 */
export function errorsOfNames(
  examples: Examples,
  count: CountWrong | null,
  classes: number,
): FoldErrors | null {
  const { targets, outputs } = examples;
  if (targets.length > MOST_NUMBERS) return null;
  const names = namesOf(examples);
  if (names === null || new Set(names).size * ROWS_OF_A_NAME > examples.count) return null;
  const predictions = predictByMeans(names, targets, outputs);
  const of: Fold = {
    rows: examples.count,
    inputs: new Float64Array(0),
    targets: Float64Array.from(targets),
    outputs,
  };
  const errors = errorsOf(predictions, of, count, classes);
  const isTold = Math.sqrt(Math.max(0, 1 - errors.lossOverVariance) * examples.count) >= SURELY;
  return isTold ? errors : null;
}

function namesOf(examples: Examples): readonly number[] | null {
  const { inputs, count } = examples;
  const columns = inputs.length / count;
  if (columns === 1) {
    const names = [...inputs];
    return names.every((name) => Number.isInteger(name) && name >= 0) ? names : null;
  }
  if (!areOneHot(examples)) return null;
  const nameOf = (row: number) => inputs.subarray(row * columns, (row + 1) * columns).indexOf(1);
  return Array.from({ length: count }, (_, row) => nameOf(row));
}

function predictByMeans(names: readonly number[], targets: Float32Array, outputs: number): Float64Array {
  const predictions = new Float64Array(targets.length);
  for (let left = 0; left < FOLDS; left++) {
    const sums = new Map<number, Float64Array>();
    const all = new Float64Array(outputs + 1);
    for (const [row, name] of names.entries()) {
      if (row % FOLDS === left) continue;
      const own = sums.get(name) ?? new Float64Array(outputs + 1);
      sums.set(name, own);
      for (const sum of [own, all]) {
        sum[outputs] = (sum[outputs] as number) + 1;
        for (let at = 0; at < outputs; at++)
          sum[at] = (sum[at] as number) + (targets[row * outputs + at] as number);
      }
    }
    for (let row = left; row < names.length; row += FOLDS) {
      const sum = sums.get(names[row] as number) ?? all;
      for (let at = 0; at < outputs; at++)
        predictions[row * outputs + at] = (sum[at] as number) / (sum[outputs] as number);
    }
  }
  return predictions;
}
