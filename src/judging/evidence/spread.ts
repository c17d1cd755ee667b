/** Location and spread of a set of numbers. */
export interface Spread {
  readonly mean: number;
  /** Population standard deviation. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
  /** Root of the mean square: the size of a typical number. */
  readonly size: number;
}

/** Measures the numbers of `values` at index `first`, `first + every`, `first + 2 * every` and so on. */
export function spreadOf(values: Float32Array, first = 0, every = 1): Spread {
  const count = Math.ceil((values.length - first) / every);
  let sum = 0;
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = first; index < values.length; index += every) {
    const value = values[index] as number;
    sum += value;
    squares += value * value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const mean = sum / count;
  let deviations = 0;
  for (let index = first; index < values.length; index += every)
    deviations += ((values[index] as number) - mean) ** 2;
  return { mean, deviation: Math.sqrt(deviations / count), least, most, size: Math.sqrt(squares / count) };
}

/** The spread of each column of a table. */
export function columnSpreads(table: Float32Array, columns: number): Spread[] {
  return Array.from({ length: columns }, (_, column) => spreadOf(table, column, columns));
}
