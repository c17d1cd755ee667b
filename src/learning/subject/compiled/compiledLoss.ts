import { losses } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { LossConfig } from "../../config/schema.ts";
import { lossSpellings, ourName } from "../../config/spellings.ts";
import type { WrittenLoss } from "../own/ownLoss.ts";

/** The loss that a model was compiled with. */
export interface CompiledLoss {
  /** Its name in a config; null where configs have no such loss. */
  readonly name: LossConfig["name"] | null;
  /** The loss function, if it has no name in a config. It gives one value for each example, or for each of its positions. */
  readonly own: WrittenLoss | null;
  /** Whether its targets are class numbers, which are made one-hot. */
  readonly isSparse: boolean;
}

/** The losses that a compiled model may name, as TensorFlow.js spells them; all have the same formula in a config. */
const NAMES: readonly string[] = [
  "meanSquaredError",
  "meanAbsoluteError",
  "meanAbsolutePercentageError",
  "meanSquaredLogarithmicError",
  "squaredHinge",
  "hinge",
  "categoricalHinge",
  "logcosh",
  "categoricalCrossentropy",
  "sparseCategoricalCrossentropy",
  "binaryCrossentropy",
  "kullbackLeiblerDivergence",
  "poisson",
  "cosineProximity",
];

/** The functions that compute the same losses, for callers that pass a function instead of a name. */
const FUNCTIONS = new Map<unknown, NonNullable<CompiledLoss["name"]>>([
  [losses.meanSquaredError, "mse"],
  [losses.absoluteDifference, "mae"],
]);

/** Returns the name of the loss that a function of TensorFlow.js computes; null for any other function. */
export function lossOfFunction(written: unknown): CompiledLoss["name"] {
  return FUNCTIONS.get(written) ?? null;
}

function lossOf(written: unknown): CompiledLoss["name"] {
  if (typeof written !== "string") return lossOfFunction(written);
  return NAMES.includes(written) ? (ourName(lossSpellings, written) as CompiledLoss["name"]) : null;
}

type LossFunctions = LayersModel["lossFunctions"];

/**
 * Returns the loss functions that compiling created; a Sequential keeps them in its inner model. Undefined before
 * compiling.
 */
export function lossFunctionsOf(model: LayersModel): LossFunctions | undefined {
  const inner = (model as { model?: LayersModel }).model;
  return (inner ?? model).lossFunctions;
}

/** Reads the loss of each output of a compiled model, in the model's order. */
export function readCompiledLosses(model: LayersModel): CompiledLoss[] {
  const { loss } = model;
  const names = model.outputNames;
  return (lossFunctionsOf(model) ?? []).map((compute, output) => {
    const written = Array.isArray(loss)
      ? loss[output]
      : typeof loss === "object"
        ? (loss as { readonly [name: string]: unknown })[names?.[output] ?? ""]
        : loss;
    const name = lossOf(written);
    return {
      name,
      own: name === null ? (targets, predictions) => compute(targets, predictions) : null,
      isSparse: written === "sparseCategoricalCrossentropy",
    };
  });
}
