import { layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { mostWeights } from "../../foundation/input/rules.ts";

/** How every layer of TensorFlow.js asks for a weight. */
interface Weighted {
  addWeight(name: string, shape: readonly (number | null)[], ...rest: readonly unknown[]): unknown;
}

/**
 * Builds a model, and stops before it makes more weights than a network may have. Nothing but building tells how many
 * a topology asks for, and making them is what takes the memory and the minutes.
 *
 * @throws {InputError} naming `model.file`.
 */
export async function withinBudget<Model>(build: () => Promise<Model>): Promise<Model> {
  const prototype = layers.Layer.prototype as unknown as Weighted;
  const { addWeight } = prototype;
  let weights = 0;
  prototype.addWeight = function (this: unknown, name, shape, ...rest) {
    weights += shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    if (weights > mostWeights) throw tooMany(weights);
    return addWeight.call(this, name, shape, ...rest);
  };
  try {
    return await build();
  } finally {
    prototype.addWeight = addWeight;
  }
}

function tooMany(weights: number): InputError {
  return new InputError({
    code: "too-large",
    field: "model.file",
    message: `must have at most ${mostWeights} weights; take a smaller model`,
    got: `${weights} weights or more`,
  });
}
