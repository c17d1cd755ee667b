import type { Tensor } from "@tensorflow/tfjs-core";

/** What predictions and targets of a batch say of each other. */
export interface BatchNumbers {
  /** Mean over the outputs of the population variance. */
  readonly predictionVariance: number;
  readonly targetVariance: number;
  readonly meanSquaredError: number;
}

/** Measures a batch of predictions, `[examples, …]`, with targets of the same shape. */
export function batchNumbers(targets: Tensor, predictions: Tensor): BatchNumbers {
  const count = predictions.shape[0] ?? 1;
  const [y, p] = [targets.dataSync(), predictions.dataSync()];
  const isSame = y.length === p.length;
  let squares = 0;
  for (let at = 0; at < p.length; at++) squares += ((y[at] as number) - (p[at] as number)) ** 2;
  return {
    predictionVariance: meanVariance(p, count),
    targetVariance: meanVariance(y, count),
    meanSquaredError: isSame ? squares / p.length : Number.NaN,
  };
}

function meanVariance(values: ArrayLike<number>, rows: number): number {
  const columns = values.length / rows;
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += (values[row * columns + column] as number) / rows;
    for (let row = 0; row < rows; row++)
      sum += ((values[row * columns + column] as number) - mean) ** 2 / rows;
  }
  return sum / columns;
}

/** The share of the units, on the last axis, that are 0 everywhere in a batch. */
export function deadFractionOf(activations: Tensor): number {
  const units = activations.shape.at(-1) ?? 1;
  const alive = new Uint8Array(units);
  const values = activations.dataSync();
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) alive[at % units] = 1;
  return 1 - alive.reduce((sum, one) => sum + one, 0) / units;
}

/** The Euclidean norm. */
export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += (values[at] as number) ** 2;
  return Math.sqrt(sum);
}
