import { engine, type Tensor } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { mostWeights } from "../../foundation/input/rules.ts";

/** How every layer of TensorFlow.js asks for a weight. */
interface Weighted {
  addWeight(name: string, shape: readonly (number | null)[], ...rest: readonly unknown[]): unknown;
}

/**
 * Builds a model, and stops before it makes more weights than a network may have. Nothing but building tells how many
 * a topology asks for, and making them is what takes the memory and the minutes. A model that could not be built leaves
 * no tensor behind.
 *
 * @param field of the config that asked for the model.
 * @throws {InputError} naming that field.
 */
export async function withinBudget<Model>(field: string, build: () => Promise<Model>): Promise<Model> {
  const prototype = layers.Layer.prototype as unknown as Weighted;
  const { addWeight } = prototype;
  let weights = 0;
  prototype.addWeight = function (this: unknown, name, shape, ...rest) {
    weights += shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    if (weights > mostWeights) throw tooMany(field, weights);
    return addWeight.call(this, name, shape, ...rest);
  };
  const variables = new Set(Object.values(engine().registeredVariables));
  engine().startScope();
  let kept: Tensor[] = [];
  try {
    const model = await build();
    // A layer of somebody else's may hold tensors that are no weights.
    kept = [...engine().state.activeScope.track];
    return model;
  } catch (error) {
    // TensorFlow.js leaves behind what it had made and decoded by then.
    for (const variable of Object.values(engine().registeredVariables))
      if (!variables.has(variable)) variable.dispose();
    throw error;
  } finally {
    engine().endScope(kept);
    prototype.addWeight = addWeight;
  }
}

function tooMany(field: string, weights: number): InputError {
  return new InputError({
    code: "too-large",
    field,
    message: `must leave the model at most ${mostWeights} weights; make it smaller`,
    got: `${weights} weights or more`,
  });
}
