import type { Examples } from "../../../src/learning/subject/examples.ts";

/** A little ridge keeps the normal equations solvable where pixels repeat each other. */
const RIDGE = 1e-3;

/** R² on `heldOut` of the least-squares linear fit (with intercept) to `train`, over all outputs. */
export function heldOutR2OfLinearFit(train: Examples, heldOut: Examples): number {
  const columns = train.inputs.length / train.count + 1;
  const gram = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  const moments = Array.from({ length: columns }, () => new Array<number>(train.outputs).fill(0));
  for (let example = 0; example < train.count; example++) {
    const row = features(train, example);
    row.forEach((left, i) => {
      const gramRow = gram[i] as number[];
      row.forEach((right, j) => {
        gramRow[j] = (gramRow[j] as number) + left * right;
      });
      const momentRow = moments[i] as number[];
      targets(train, example).forEach((target, output) => {
        momentRow[output] = (momentRow[output] as number) + left * target;
      });
    });
  }
  gram.forEach((row, i) => {
    row[i] = (row[i] as number) + RIDGE;
  });
  const weights = solve(gram, moments);

  let error = 0;
  let total = 0;
  const means = targets(heldOut, 0).map((_, output) => {
    let sum = 0;
    for (let example = 0; example < heldOut.count; example++)
      sum += targets(heldOut, example)[output] as number;
    return sum / heldOut.count;
  });
  for (let example = 0; example < heldOut.count; example++) {
    const row = features(heldOut, example);
    targets(heldOut, example).forEach((target, output) => {
      const predicted = row.reduce((sum, value, i) => sum + value * (weights[i]?.[output] as number), 0);
      error += (predicted - target) ** 2;
      total += (target - (means[output] as number)) ** 2;
    });
  }
  return 1 - error / total;
}

function features({ inputs, count }: Examples, example: number): number[] {
  const size = inputs.length / count;
  return [1, ...inputs.subarray(example * size, (example + 1) * size)];
}

function targets({ targets: all, outputs }: Examples, example: number): number[] {
  return [...all.subarray(example * outputs, (example + 1) * outputs)];
}

/** Gaussian elimination of a symmetric positive definite system, which needs no pivoting. */
function solve(matrix: number[][], right: number[][]): number[][] {
  const size = matrix.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const pivotRow = matrix[pivot] as number[];
    const pivotRight = right[pivot] as number[];
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const current = matrix[row] as number[];
      const factor = (current[pivot] as number) / (pivotRow[pivot] as number);
      for (let column = pivot; column < size; column++) {
        current[column] = (current[column] as number) - factor * (pivotRow[column] as number);
      }
      right[row] = (right[row] as number[]).map(
        (value, output) => value - factor * (pivotRight[output] as number),
      );
    }
  }
  return right.map((row, index) => row.map((value) => value / (matrix[index]?.[index] as number)));
}
