import { engine, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { mostWeights } from "../../foundation/input/rules.ts";

/** The method by which every layer of TensorFlow.js creates a weight. */
interface Weighted {
  addWeight(
    name: string,
    shape: readonly (number | null)[],
    dtype: unknown,
    initializer: unknown,
    ...rest: readonly unknown[]
  ): unknown;
}

/**
 * Builds a model, and stops before it creates more weights than a network may have. Only building shows how many
 * weights a topology needs, and creating them is what takes the memory and the time. If the model cannot be built, no
 * tensor is left behind.
 *
 * The caller replaces all weights, by saved ones or by ones from the seed. So orthogonal matrices, which take TensorFlow.js up
 * to seconds each, are zeros here.
 *
 * @param field of the config that asked for the model.
 * @throws {InputError} naming that field.
 */
export async function withinBudget<Model>(field: string, build: () => Promise<Model>): Promise<Model> {
  const prototype = layers.Layer.prototype as unknown as Weighted;
  const { addWeight } = prototype;
  let weights = 0;
  prototype.addWeight = function (this: unknown, name, shape, dtype, written, ...rest) {
    weights += shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    if (weights > mostWeights) throw tooMany(field, weights);
    // Some initializers, such as that of an LSTM's bias, leave the tensors behind that they put together.
    let weight: unknown;
    const initializer = isOrthogonal(written) ? initializers.zeros() : written;
    tidy(() => {
      weight = addWeight.call(this, name, shape, dtype, initializer, ...rest);
    });
    return weight;
  };
  const variables = new Set(Object.values(engine().registeredVariables));
  engine().startScope();
  let kept: Tensor[] = [];
  try {
    const model = await build();
    // A custom layer may hold tensors that are not weights.
    kept = [...engine().state.activeScope.track];
    return model;
  } catch (error) {
    // TensorFlow.js does not free the tensors that it had created so far.
    for (const variable of Object.values(engine().registeredVariables))
      if (!variables.has(variable)) variable.dispose();
    throw error;
  } finally {
    engine().endScope(kept);
    prototype.addWeight = addWeight;
  }
}

function isOrthogonal(initializer: unknown): boolean {
  return (initializer as { getClassName?(): string } | undefined)?.getClassName?.() === "Orthogonal";
}

function tooMany(field: string, weights: number): InputError {
  return new InputError({
    code: "too-large",
    field,
    message: `must leave the model at most ${mostWeights} weights; make it smaller`,
    got: `${weights} weights or more`,
  });
}
