import type { Features } from "../../../foundation/numbers/randomFeatures.ts";
import type { Fold } from "./crossValidation.ts";

/** What a regression of the targets of some rows on their features needs to know of them. */
export interface NormalEquations {
  /** The lower triangle of the sum of products of features, `[features, features]`. */
  readonly gram: Float64Array;
  /** The sum of products of features and targets, `[features, outputs]`. */
  readonly right: Float64Array;
  readonly width: number;
  readonly outputs: number;
}

export function normalEquations(
  { values, width }: Features,
  { targets, outputs }: Fold,
  rows: Iterable<number>,
): NormalEquations {
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width * outputs);
  for (const row of rows)
    for (let one = 0; one < width; one++) {
      const value = values[row * width + one] as number;
      for (let other = 0; other <= one; other++)
        gram[one * width + other] =
          (gram[one * width + other] as number) + value * (values[row * width + other] as number);
      for (let output = 0; output < outputs; output++)
        right[one * outputs + output] =
          (right[one * outputs + output] as number) + value * (targets[row * outputs + output] as number);
    }
  return { gram, right, width, outputs };
}

/**
 * Solves a ridge regression by a Cholesky decomposition.
 *
 * @param ridge added to the diagonal; above 0, so that the matrix is positive definite.
 * @returns the weights, `[features, outputs]`.
 */
export function solveRidge({ gram, right, width, outputs }: NormalEquations, ridge: number): Float64Array {
  const matrix = Float64Array.from(gram);
  const weights = Float64Array.from(right);
  for (let one = 0; one < width; one++)
    matrix[one * width + one] = (matrix[one * width + one] as number) + ridge;
  decompose(matrix, width);
  substitute(matrix, width, weights, outputs);
  return weights;
}

/** Replaces the lower triangle of a positive definite matrix by its Cholesky factor. */
function decompose(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++)
        sum -= (matrix[row * size + k] as number) * (matrix[column * size + k] as number);
      matrix[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(sum, Number.EPSILON))
          : sum / (matrix[column * size + column] as number);
    }
}

/** Solves L Lᵀ x = b in the place of b. */
function substitute(lower: Float64Array, size: number, b: Float64Array, outputs: number): void {
  for (let output = 0; output < outputs; output++) {
    for (let row = 0; row < size; row++) {
      let sum = b[row * outputs + output] as number;
      for (let k = 0; k < row; k++)
        sum -= (lower[row * size + k] as number) * (b[k * outputs + output] as number);
      b[row * outputs + output] = sum / (lower[row * size + row] as number);
    }
    for (let row = size - 1; row >= 0; row--) {
      let sum = b[row * outputs + output] as number;
      for (let k = row + 1; k < size; k++)
        sum -= (lower[k * size + row] as number) * (b[k * outputs + output] as number);
      b[row * outputs + output] = sum / (lower[row * size + row] as number);
    }
  }
}
