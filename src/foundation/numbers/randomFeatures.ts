// Random features give a linear fit the bends of a network, without training or choice.

import { seedStream } from "../random/seedStream.ts";

/** A table of numbers, row by row. */
export interface Features {
  readonly values: Float64Array;
  readonly width: number;
}

/** Random features beyond these add little, and the work grows with their square. */
const MOST_FEATURES = 120;
/** Standard deviations of the random features' weights: gentle bends and sharp ones. */
const SCALES = [0.7, 2];

/** Returns the inputs, standardised and with a constant, alone and beside random features tanh(w · x + b). */
export function featureMaps(inputs: Float64Array, rows: number, columns: number): readonly Features[] {
  const standard = standardise(inputs, rows, columns);
  const count = Math.min(MOST_FEATURES, Math.floor(rows / 3));
  return [
    withConstant(standard, rows),
    ...SCALES.map((scale) =>
      withConstant(beside(standard, tanhFeatures(standard, rows, count, scale), rows), rows),
    ),
  ];
}

/** Returns the inputs, standardised and with a constant. */
export function linearFeatures(inputs: Float64Array, rows: number, columns: number): Features {
  return withConstant(standardise(inputs, rows, columns), rows);
}

function standardise(inputs: Float64Array, rows: number, columns: number): Features {
  const values = Float64Array.from(inputs);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let squares = 0;
    for (let at = column; at < values.length; at += columns) sum += values[at] as number;
    const mean = sum / rows;
    for (let at = column; at < values.length; at += columns) squares += ((values[at] as number) - mean) ** 2;
    const deviation = Math.sqrt(squares / rows) || 1;
    for (let at = column; at < values.length; at += columns)
      values[at] = ((values[at] as number) - mean) / deviation;
  }
  return { values, width: columns };
}

function tanhFeatures({ values, width }: Features, rows: number, count: number, scale: number): Features {
  const random = seedStream(1, `attainable/${scale}`);
  // The sum of twelve uniform numbers is nearly normal, and takes no transcendental function.
  const normal = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, one) => sum + one, -6);
  const weights = Array.from({ length: count * width }, () => (scale * normal()) / Math.sqrt(width));
  const biases = Array.from({ length: count }, () => scale * normal());
  const features = new Float64Array(rows * count);
  for (let row = 0; row < rows; row++)
    for (let feature = 0; feature < count; feature++) {
      let sum = biases[feature] as number;
      for (let column = 0; column < width; column++)
        sum += (weights[feature * width + column] as number) * (values[row * width + column] as number);
      features[row * count + feature] = Math.tanh(sum);
    }
  return { values: features, width: count };
}

function beside(left: Features, right: Features, rows: number): Features {
  const width = left.width + right.width;
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    values.set(left.values.subarray(row * left.width, (row + 1) * left.width), row * width);
    values.set(right.values.subarray(row * right.width, (row + 1) * right.width), row * width + left.width);
  }
  return { values, width };
}

function withConstant(features: Features, rows: number): Features {
  return beside(features, { values: new Float64Array(rows).fill(1), width: 1 }, rows);
}
