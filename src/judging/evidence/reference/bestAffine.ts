import { average, columnMeans, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/** Tables with more columns are not solved, because the work grows with the cube of the columns. */
const MOST_COLUMNS = 64;
/** The fewest examples for each column. With fewer, an affine map fits almost any targets. */
const EXAMPLES_PER_COLUMN = 3;
/** Ridge added to the diagonal, in units of a standardised column's variance; it makes collinear columns solvable. */
const RIDGE = 1e-4;

/**
 * Fits the best affine map from the inputs to the targets by least squares with a small ridge.
 *
 * @returns the mean squared error over Var(Y), averaged over the outputs that vary; null where there are more than 64
 * input columns, fewer than 3 examples for each, or no output that varies.
 */
export function errorOfBestAffine(examples: Examples): number | null {
  const { inputs, targets, outputs, count } = examples;
  const columns = inputs.length / count;
  if (columns > MOST_COLUMNS || count < EXAMPLES_PER_COLUMN * (columns + 1)) return null;
  const means = columnMeans(inputs, columns);
  const deviations = columnVariances(inputs, columns).map((variance) => Math.sqrt(variance) || 1);
  const x = Float64Array.from(
    inputs,
    (value, index) => (value - (means[index % columns] as number)) / (deviations[index % columns] as number),
  );
  const gram = Array.from({ length: columns }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const product = productOf(x, columns, row, x, columns, column) / count;
      return row === column ? product + RIDGE : product;
    }),
  );
  const variances = columnVariances(targets, outputs);
  const centred = Float64Array.from(targets);
  columnMeans(targets, outputs).forEach((mean, output) => {
    for (let at = output; at < centred.length; at += outputs) centred[at] = (centred[at] as number) - mean;
  });
  const errors = variances.flatMap((variance, output) => {
    if (variance === 0) return [];
    const right = gram.map((_, row) => productOf(x, columns, row, centred, outputs, output) / count);
    const weights = solve(gram, right);
    let error = 0;
    for (let row = 0; row < count; row++) {
      const prediction = weights.reduce(
        (sum, w, column) => sum + w * (x[row * columns + column] as number),
        0,
      );
      error += ((centred[row * outputs + output] as number) - prediction) ** 2;
    }
    return [error / count / variance];
  });
  return errors.length === 0 ? null : average(errors);
}

function productOf(
  a: Float64Array,
  stepA: number,
  columnA: number,
  b: Float64Array,
  stepB: number,
  columnB: number,
): number {
  let sum = 0;
  for (let row = 0; row * stepA < a.length; row++)
    sum += (a[row * stepA + columnA] as number) * (b[row * stepB + columnB] as number);
  return sum;
}

/** Solves the system by Cholesky decomposition; the ridge keeps the matrix positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const lower = Array.from({ length: size }, () => new Float64Array(size));
  const at = (row: number, column: number) => (lower[row] as Float64Array)[column] as number;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = (matrix[row] as readonly number[])[column] as number;
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      (lower[row] as Float64Array)[column] =
        row === column ? Math.sqrt(Math.max(sum, Number.EPSILON)) : sum / at(column, column);
    }
  }
  const forward = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k++) sum -= at(row, k) * (forward[k] as number);
    forward[row] = sum / at(row, row);
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = forward[row] as number;
    for (let k = row + 1; k < size; k++) sum -= at(k, row) * (solution[k] as number);
    solution[row] = sum / at(row, row);
  }
  return solution;
}
