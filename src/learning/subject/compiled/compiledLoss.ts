import { losses, mean, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { LossConfig } from "../../config/schema.ts";
import { lossSpellings, ourName } from "../../config/spellings.ts";
import type { Loss } from "../../loss/loss.ts";

/** The loss that a model was compiled with. */
export interface CompiledLoss {
  /** Its name in a config; null where configs have no such loss. */
  readonly name: LossConfig["name"] | null;
  /** The loss function, if it has no name in a config. */
  readonly own: Loss | null;
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

/**
 * Reads the loss of a compiled model with one output.
 *
 * @throws {InputError} if it has one loss for each of several outputs.
 */
export function readCompiledLoss(model: LayersModel): CompiledLoss {
  const lossFunctions = lossFunctionsOf(model) ?? [];
  const { loss } = model;
  const [compute] = lossFunctions;
  if (lossFunctions.length !== 1 || compute === undefined)
    throw new InputError({
      code: "unsupported-model",
      field: "model.loss",
      message: "must be one loss for one output; check a model for each output by itself",
      got: `${lossFunctions.length} losses`,
    });
  const [written] = typeof loss === "object" ? Object.values(loss) : [loss];
  const name = lossOf(written);
  const own = (targets: Tensor, predictions: Tensor) =>
    tidy(() => mean(compute(targets, predictions)) as Scalar);
  return { name, own: name === null ? own : null, isSparse: written === "sparseCategoricalCrossentropy" };
}
