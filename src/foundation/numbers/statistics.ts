// Population statistics of `[rows, columns]` tables of float32, summed in double precision.

/** Population variance of each column; 0 for a column that is constant. */
export function columnVariances(table: Float32Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => variance(table, columns, column));
}

/** Mean of each column. */
export function columnMeans(table: Float32Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => columnMean(table, columns, column));
}

function columnMean(table: Float32Array, columns: number, column: number): number {
  let sum = 0;
  for (let index = column; index < table.length; index += columns) sum += table[index] as number;
  return sum / (table.length / columns);
}

/** Computes the variance in two passes, so that a large mean does not swamp a small variance. */
function variance(table: Float32Array, columns: number, column: number): number {
  const mean = columnMean(table, columns, column);
  let sum = 0;
  for (let index = column; index < table.length; index += columns)
    sum += ((table[index] as number) - mean) ** 2;
  return sum / (table.length / columns);
}

/** Mean squared difference of each column. */
export function columnSquaredErrors(a: Float32Array, b: Float32Array, columns: number): number[] {
  const sums = new Array<number>(columns).fill(0);
  for (let index = 0; index < a.length; index++) {
    const column = index % columns;
    sums[column] = (sums[column] as number) + ((a[index] as number) - (b[index] as number)) ** 2;
  }
  return sums.map((sum) => sum / (a.length / columns));
}

/** Population covariance of each column of two tables of one shape. */
export function columnCovariances(a: Float32Array, b: Float32Array, columns: number): number[] {
  const [meansA, meansB] = [columnMeans(a, columns), columnMeans(b, columns)];
  const sums = new Array<number>(columns).fill(0);
  for (let index = 0; index < a.length; index++) {
    const column = index % columns;
    const fromA = (a[index] as number) - (meansA[column] as number);
    const fromB = (b[index] as number) - (meansB[column] as number);
    sums[column] = (sums[column] as number) + fromA * fromB;
  }
  return sums.map((sum) => sum / (a.length / columns));
}

/** Copies one column. */
export function columnOf(table: Float32Array, columns: number, column: number): Float32Array {
  return Float32Array.from(
    { length: table.length / columns },
    (_, row) => table[row * columns + column] as number,
  );
}

/** Pearson's correlation of two lists of one length; null where one of them is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const { length } = a;
  let [sumA, sumB] = [0, 0];
  for (let at = 0; at < length; at++) [sumA, sumB] = [sumA + (a[at] as number), sumB + (b[at] as number)];
  let [product, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < length; at++) {
    const [fromA, fromB] = [(a[at] as number) - sumA / length, (b[at] as number) - sumB / length];
    product += fromA * fromB;
    ofA += fromA * fromA;
    ofB += fromB * fromB;
  }
  const size = Math.sqrt(ofA * ofB);
  return size > 0 ? product / size : null;
}

/** Squared difference of the means of each column. */
export function columnSquaredShifts(a: Float32Array, b: Float32Array, columns: number): number[] {
  const means = columnMeans(b, columns);
  return columnMeans(a, columns).map((mean, column) => (mean - (means[column] as number)) ** 2);
}

/** Mean of numbers. */
export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Euclidean norm. */
export function norm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** Euclidean norm of a difference. */
export function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2;
  return Math.sqrt(sum);
}

/** Whether every number is finite. */
export function allFinite(values: Float32Array): boolean {
  return values.every(Number.isFinite);
}
