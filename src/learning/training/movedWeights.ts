// Weights may begin where they hide what a network computes: a residual branch that is scaled by 0 leaves it linear until
// the first step. A property that holds for any weights is measured at moved ones.

import { type Tensor, tensor, type Variable } from "@tensorflow/tfjs-core";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { read } from "./read.ts";

/**
 * Calls `measure` while each of the weights is moved by a random number of the usual size of such a weight, and then gives
 * every weight its value back, bit for bit. The numbers come from a random stream of their own.
 *
 * @param weights the weights that training updates; training cannot move any other.
 */
export async function withMovedWeights<Result>(
  weights: readonly Variable[],
  measure: () => Promise<Result>,
): Promise<Result> {
  const before = await Promise.all(weights.map(read));
  const random = seedStream(1, "survey/moved");
  try {
    weights.forEach((weight, index) => {
      const reach = 1 / Math.sqrt(weight.size / (weight.shape.at(-1) ?? 1));
      const moved = (before[index] as Float32Array).map(
        (value) => value + reach * (2 * random.uniform() - 1),
      );
      assign(weight, moved);
    });
    return await measure();
  } finally {
    weights.forEach((weight, index) => {
      assign(weight, before[index] as Float32Array);
    });
  }
}

function assign(weight: Variable, values: Float32Array): void {
  const value: Tensor = tensor(values, weight.shape, weight.dtype);
  weight.assign(value);
  value.dispose();
}
