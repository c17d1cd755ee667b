/** The least and the largest number that an output can be. */
export type Bounds = readonly [least: number, largest: number];

/** The bounds of outputs that can be any number. */
export const ANY: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

const BOUNDS: Readonly<Record<string, Bounds>> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
  softplus: [0, Number.POSITIVE_INFINITY],
};

/**
 * Returns the bounds of the numbers that an activation leaves. An output that has been beyond them passes something else
 * behind its activation, and has no known bounds.
 */
export function boundsOf(activation: string, predictions: Float32Array): Bounds {
  const [least, largest] = BOUNDS[activation] ?? ANY;
  return predictions.every((value) => isWithin(value, [least, largest])) ? [least, largest] : ANY;
}

/** Whether a number lies between the bounds, but for rounding. */
export function isWithin(value: number, [least, largest]: Bounds): boolean {
  return value >= least - ROUNDING && value <= largest + ROUNDING;
}

const ROUNDING = 1e-5;
