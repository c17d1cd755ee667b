// Reads the loss and the optimizer of a definition. Each is a name (learnproof's or TensorFlow.js's), an object of
// TensorFlow.js, or custom code.

import { InputError } from "../../../foundation/input/inputError.ts";
import { optimizerNames } from "../../config/optimizerSchema.ts";
import type { TrainingInput } from "../../config/schema.ts";
import { lossSpellings, optimizerSpellings, ourName } from "../../config/spellings.ts";
import { lossNames } from "../../config/trainingSchema.ts";
import { lossOfFunction } from "../compiled/compiledLoss.ts";
import { readCompiledOptimizer } from "../compiled/compiledOptimizer.ts";
import type { WrittenLoss } from "./ownLoss.ts";
import type { WrittenOptimizer } from "./ownOptimizer.ts";

/** How a definition says that its subject is trained. */
export interface Recipe {
  readonly training: TrainingInput;
  /** Null where `training` names it. */
  readonly loss: WrittenLoss | null;
  /** Null where `training` names it. */
  readonly optimizer: (() => WrittenOptimizer) | null;
  /** Whether the loss's name implies that targets are class numbers. */
  readonly isSparse: boolean;
}

/**
 * Reads the recipe of a definition. @throws {InputError} for a loss or an optimizer that is neither a known name nor
 * valid custom code.
 */
export function readRecipe(definition: {
  readonly training?: TrainingInput;
  readonly loss?: unknown;
  readonly optimizer?: unknown;
}): Recipe {
  const { training = {} } = definition;
  const loss = readLoss(definition.loss);
  const optimizer = readOptimizer(definition.optimizer);
  const written = (training as { loss?: unknown }).loss;
  return {
    training: { ...training, ...loss.named, ...optimizer.named } as TrainingInput,
    loss: loss.own,
    optimizer: optimizer.own,
    isSparse: [definition.loss, written].includes("sparseCategoricalCrossentropy"),
  };
}

interface Read<Own> {
  /** The fields to add to `training`. */
  readonly named: object;
  readonly own: Own | null;
}

function readLoss(written: unknown): Read<WrittenLoss> {
  if (written === undefined) return { named: {}, own: null };
  if (typeof written === "function") {
    const name = lossOfFunction(written);
    return name === null
      ? { named: {}, own: written as WrittenLoss }
      : { named: { loss: { name } }, own: null };
  }
  const name = ourName(lossSpellings, written);
  if ((lossNames as readonly unknown[]).includes(name)) return { named: { loss: { name } }, own: null };
  throw new InputError({
    code: "invalid-value",
    field: "loss",
    message: `must be a function of targets and predictions, or one of ${printNames(lossNames, lossSpellings)}`,
    got: written,
  });
}

function readOptimizer(written: unknown): Read<() => WrittenOptimizer> {
  if (written === undefined) return { named: {}, own: null };
  if (typeof written === "function") return { named: {}, own: written as () => WrittenOptimizer };
  const name = ourName(optimizerSpellings, written);
  if ((optimizerNames as readonly unknown[]).includes(name))
    return { named: { optimizer: { name } }, own: null };
  if (isStockOptimizer(written)) {
    const { config, own } = readCompiledOptimizer({ optimizer: written });
    return { named: config === null ? {} : { optimizer: config }, own };
  }
  throw new InputError({
    code: "invalid-value",
    field: "optimizer",
    message: `must be a function that makes an optimizer anew for each run, what tf.train.adam() gives, or one of ${printNames(optimizerNames, optimizerSpellings)}`,
    got: typeof written === "object" ? "another object" : written,
  });
}

/** Whether a value is an optimizer of TensorFlow.js, which can be recreated from its class and parameters. */
function isStockOptimizer(
  written: unknown,
): written is Parameters<typeof readCompiledOptimizer>[0]["optimizer"] {
  if (typeof written !== "object" || written === null) return false;
  const { getConfig, getClassName, applyGradients } = written as Record<string, unknown>;
  return [getConfig, getClassName, applyGradients].every((method) => typeof method === "function");
}

function printNames(ours: readonly string[], spellings: Readonly<Record<string, string>>): string {
  return [...ours, ...Object.keys(spellings)].map((name) => `"${name}"`).join(", ");
}
