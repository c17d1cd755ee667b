import type { Optimizer as CoreOptimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Json, Settings } from "../../config/ownSchema.ts";
import type { StockOptimizer } from "../own/ownOptimizer.ts";

/** The optimizer that a model was compiled with. */
export interface CompiledOptimizer {
  /** The optimizer's config; null if configs have no such optimizer. */
  readonly config: Settings | null;
  /** Makes a copy of the optimizer for each run, if it has no name in a config. */
  readonly own: (() => StockOptimizer) | null;
}

type Numbers = Readonly<Record<string, number>>;

/**
 * Optimizers of TensorFlow.js with the same formula as one of learnproof's, by class name. A centred RMSProp subtracts ε
 * there instead of adding it, and Adadelta divides by the mean square before the step; both keep their own code.
 */
const NAMES: Readonly<Record<string, (config: Numbers) => Settings | null>> = {
  SGD: ({ learningRate }) => settings({ name: "sgd", learningRate }),
  Momentum: ({ learningRate, momentum, useNesterov }) =>
    settings({ name: "momentum", learningRate, momentum, ...(useNesterov && { nesterov: true }) }),
  Adam: ({ learningRate, beta1, beta2, epsilon }) =>
    settings({ name: "adam", learningRate, beta1, beta2, epsilon }),
  Adamax: ({ learningRate, beta1, beta2, epsilon, decay }) =>
    settings({
      name: "adamax",
      learningRate,
      beta1,
      beta2,
      epsilon,
      ...(decay && { schedule: { name: "inverseTime", decayRate: decay, decaySteps: 1 } }),
    }),
  RMSProp: ({ learningRate, decay, momentum, epsilon, centered }) =>
    centered
      ? null
      : settings({
          name: "rmsprop",
          learningRate,
          decay,
          epsilon,
          epsilonPlace: "insideRoot",
          ...(momentum && { momentum }),
        }),
  Adagrad: ({ learningRate, initialAccumulatorValue, epsilon = STOCK_EPSILON }) =>
    settings({
      name: "adagrad",
      learningRate,
      initialAccumulator: initialAccumulatorValue,
      epsilon,
      epsilonPlace: "insideRoot",
    }),
};

/** TensorFlow.js's ε on engines of 32-bit floats, for the optimizers that do not tell theirs. */
const STOCK_EPSILON = 1e-7;

/** Reads an optimizer of TensorFlow.js, such as that of a compiled model, with all its parameters. */
export function readCompiledOptimizer({ optimizer }: Pick<LayersModel, "optimizer">): CompiledOptimizer {
  const config = optimizer.getConfig() as unknown as Numbers;
  const named = NAMES[optimizer.getClassName()]?.(config) ?? null;
  return { config: named, own: named === null ? () => another(optimizer) : null };
}

/** Creates a new optimizer of the same class and parameters. */
function another(optimizer: CoreOptimizer): StockOptimizer {
  const kind = optimizer.constructor as unknown as {
    fromConfig(kind: unknown, config: unknown): StockOptimizer;
  };
  return kind.fromConfig(kind, optimizer.getConfig());
}

function settings(values: Readonly<Record<string, Json | undefined>>): Settings {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
