// Reads initializers, regularizers, constraints and activations from a layer's config. TensorFlow.js exports no reader
// for them, so one of its own layers reads them.

import type { Tensor } from "@tensorflow/tfjs-core";
import { type constraints, layers } from "@tensorflow/tfjs-layers";

type Layer = layers.Layer;

/** The method by which a layer makes a weight, which is not public. */
interface Weighted {
  addWeight(
    name: string,
    shape: readonly number[],
    dtype: "float32",
    initializer: unknown,
    regularizer: unknown,
    trainable: boolean,
    constraint: unknown,
  ): Layer["weights"][number];
}

/** The arguments of a layer, in TensorFlow.js's form. */
export type Config = Readonly<Record<string, unknown>>;

interface Read {
  readonly kernelInitializer: unknown;
  readonly kernelRegularizer: unknown;
  readonly kernelConstraint: unknown;
  readonly activation: { apply(input: Tensor): Tensor };
}

function read(config: object): Read {
  return layers.dense({ units: 1, name: "reader", ...config }) as unknown as Read;
}

/**
 * Adds a weight with the rules that a config has for it, such as `kernelInitializer` for `kernel`.
 *
 * @param fallback the initializer where the config names none.
 */
export function addRuledWeight(
  layer: Layer,
  config: Config,
  name: string,
  shape: readonly number[],
  fallback = "glorotUniform",
): Layer["weights"][number] {
  const rules = read({
    kernelInitializer: config[`${name}Initializer`] ?? fallback,
    kernelRegularizer: config[`${name}Regularizer`],
    kernelConstraint: config[`${name}Constraint`],
  });
  const { kernelInitializer, kernelRegularizer, kernelConstraint } = rules;
  return (layer as unknown as Weighted).addWeight(
    name,
    [...shape],
    "float32",
    kernelInitializer,
    kernelRegularizer,
    true,
    kernelConstraint,
  );
}

/** Returns the rule that Keras names so, with its settings. */
export function constraintOf(name: string, config: Config): ReturnType<typeof constraints.nonNeg> {
  const setting = (keras: string, ours: string) =>
    config[keras] === undefined ? {} : { [ours]: config[keras] };
  const settings = {
    ...setting("max_value", "maxValue"),
    ...setting("min_value", "minValue"),
    ...setting("rate", "rate"),
    ...setting("axis", "axis"),
  };
  const { kernelConstraint } = layers.dense({
    units: 1,
    name: "reader",
    kernelConstraint: { className: name, config: settings },
  } as never) as unknown as Read;
  return kernelConstraint as ReturnType<typeof constraints.nonNeg>;
}

/** Returns the activation function that a config names. */
export function activationOf({ activation }: Config): (input: Tensor) => Tensor {
  const found = read({ activation: activation ?? "linear" }).activation;
  return (input) => found.apply(input);
}
