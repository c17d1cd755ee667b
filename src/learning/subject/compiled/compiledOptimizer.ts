import type { Optimizer as CoreOptimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Settings } from "../../config/ownSchema.ts";
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
 * Optimizers of TensorFlow.js with the same formula as one of learnproof's, by class name. RMSProp, Adagrad and
 * Adadelta are missing because TensorFlow.js adds ε inside the square root, which learnproof's do not all do; they keep
 * their own code.
 */
const NAMES: Readonly<Record<string, (config: Numbers) => Settings | null>> = {
  SGD: ({ learningRate }) => settings({ name: "sgd", learningRate }),
  Momentum: ({ learningRate, momentum, useNesterov }) =>
    useNesterov ? null : settings({ name: "momentum", learningRate, momentum }),
  Adam: ({ learningRate, beta1, beta2, epsilon }) =>
    settings({ name: "adam", learningRate, beta1, beta2, epsilon }),
};

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

function settings(values: Readonly<Record<string, string | number | undefined>>): Settings {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
