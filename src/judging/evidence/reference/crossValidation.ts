import { type ClassErrors, overPrior } from "../../../foundation/numbers/classError.ts";
import type { Features } from "../../../foundation/numbers/randomFeatures.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../foundation/random/shuffle.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { normalEquations, solveRidge } from "./solveRidge.ts";

/** Examples to predict. */
export interface Fold {
  readonly rows: number;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  readonly outputs: number;
}

/** How well rows that were left out are predicted. */
export interface FoldErrors {
  readonly lossOverVariance: number;
  /** Wrong classes over those of the commonest class; infinite where no class varies. */
  readonly errorOverPrior: number;
  /** Squared error over its own variance of each number of a target; 0 where it does not vary. @defaultValue not looked at */
  readonly ofNumbers?: readonly number[];
}

/** Takes at most so many examples, evenly spaced. */
export function takeEvenly(
  { inputs, targets, outputs, count }: Pick<Examples, "inputs" | "targets" | "outputs" | "count">,
  columns: number,
  most: number,
): Fold {
  const rows = Math.min(count, most);
  const rowAt = (row: number) => Math.floor((row * count) / rows);
  const pick = (table: Float32Array, width: number) =>
    Float64Array.from(
      { length: rows * width },
      (_, at) => table[rowAt(Math.floor(at / width)) * width + (at % width)] as number,
    );
  return { rows, inputs: pick(inputs, columns), targets: pick(targets, outputs), outputs };
}

const FOLDS = 5;
/** Ridges in units of the number of rows: the features have variances of about 1. */
const RIDGES = [1e-4, 1e-2, 0.1];

/** Counts wrong classes in a table of predictions, beside one of targets. */
export type CountWrong = (predictions: Table, targets: Table, outputs: number) => ClassErrors;
type Table = Float32Array | Float64Array;

/**
 * Predicts each fifth of the rows from the others by ridge regression, and returns the errors of each ridge.
 *
 * @param count null where the targets are numbers.
 */
export function foldErrors(features: Features, of: Fold, count: CountWrong | null): readonly FoldErrors[] {
  const order = shuffledIndices(of.rows, seedStream(1, "attainable/folds"));
  const predictions = RIDGES.map(() => new Float64Array(of.rows * of.outputs));
  for (let fold = 0; fold < FOLDS; fold++) {
    const known = order.filter((_, place) => place % FOLDS !== fold);
    const equations = normalEquations(features, of, known);
    for (const [place, ridge] of RIDGES.entries()) {
      const weights = solveRidge(equations, ridge * known.length);
      for (let at = fold; at < of.rows; at += FOLDS)
        predict(features, weights, order[at] as number, of.outputs, predictions[place] as Float64Array);
    }
  }
  return predictions.map((predicted) => ({
    ...errorsOf(predicted, of, count),
    ofNumbers: lossesOf(predicted, of),
  }));
}

/**
 * Returns what predictions leave.
 *
 * @param count null where the targets are numbers.
 * @param labels what `count` is told of a row: its classes, or its labels. @defaultValue the numbers of a row
 */
export function errorsOf(
  predictions: Float64Array,
  of: Fold,
  count: CountWrong | null,
  labels = of.outputs,
): FoldErrors {
  return {
    lossOverVariance: lossOf(predictions, of),
    errorOverPrior: count
      ? (overPrior(count(predictions, of.targets, labels)) ?? Number.POSITIVE_INFINITY)
      : 0,
  };
}

function predict(
  { values, width }: Features,
  weights: Float64Array,
  row: number,
  outputs: number,
  predictions: Float64Array,
): void {
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    for (let feature = 0; feature < width; feature++)
      sum += (values[row * width + feature] as number) * (weights[feature * outputs + output] as number);
    predictions[row * outputs + output] = sum;
  }
}

/** Squared error of predictions over Var(Y), of all columns together. */
export function lossOf(predictions: Float64Array, of: Fold): number {
  const { errors, variances } = sumsOf(predictions, of);
  const variance = total(variances);
  return variance === 0 ? Number.POSITIVE_INFINITY : total(errors) / variance;
}

/** Squared error of predictions over the variance of each column. */
function lossesOf(predictions: Float64Array, of: Fold): number[] {
  const { errors, variances } = sumsOf(predictions, of);
  return Array.from(errors, (error, column) => {
    const variance = variances[column] as number;
    return variance === 0 ? 0 : error / variance;
  });
}

function sumsOf(predictions: Float64Array, { targets, outputs, rows }: Fold) {
  const [means, errors, variances] = [0, 0, 0].map(() => new Float64Array(outputs)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  targets.forEach((target, at) => {
    means[at % outputs] = (means[at % outputs] as number) + target / rows;
  });
  targets.forEach((target, at) => {
    const column = at % outputs;
    errors[column] = (errors[column] as number) + (target - (predictions[at] as number)) ** 2;
    variances[column] = (variances[column] as number) + (target - (means[column] as number)) ** 2;
  });
  return { errors, variances };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
