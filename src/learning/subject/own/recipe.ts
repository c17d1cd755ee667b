// Reads the loss and the optimizer of a definition. Each is a name (learnproof's or TensorFlow.js's), an object of
// TensorFlow.js, or custom code.

import { InputError } from "../../../foundation/input/inputError.ts";
import { optimizerNames } from "../../config/optimizerSchema.ts";
import type { LossConfig, TrainingInput } from "../../config/schema.ts";
import { lossSpellings, optimizerSpellings, ourName } from "../../config/spellings.ts";
import { anyLoss, lossNames } from "../../config/trainingSchema.ts";
import { lossOfFunction } from "../compiled/compiledLoss.ts";
import { readCompiledOptimizer } from "../compiled/compiledOptimizer.ts";
import type { ByOutput } from "./byOutput.ts";
import type { WrittenLoss } from "./ownLoss.ts";
import type { WrittenOptimizer } from "./ownOptimizer.ts";

/** The loss of one output as a definition gives it; either its config or its function is null. */
export interface ReadLoss {
  readonly config: LossConfig | null;
  readonly own: WrittenLoss | null;
  /** Whether its name implies that targets are class numbers. */
  readonly isSparse: boolean;
}

/** A loss for each output of a model. */
export type ReadLosses = ByOutput<ReadLoss>;

/** How a definition says that its subject is trained. */
export interface Recipe {
  readonly training: TrainingInput;
  /** The custom loss of every output; null where `training` or `losses` names it. */
  readonly loss: WrittenLoss | null;
  /** A loss for each output; null where one loss is for all. */
  readonly losses: ReadLosses | null;
  /** The factor of each output's loss in the sum; null where all are 1. */
  readonly lossWeights: ByOutput<number> | null;
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
  readonly lossWeights?: unknown;
  readonly optimizer?: unknown;
}): Recipe {
  const { training = {} } = definition;
  const losses = isByOutput(definition.loss) ? mapByOutput(definition.loss, readOutputLoss, "loss") : null;
  const loss = losses ? { named: {}, own: null } : readLoss(definition.loss, "loss");
  const optimizer = readOptimizer(definition.optimizer);
  const written = (training as { loss?: unknown }).loss;
  return {
    training: { ...training, ...loss.named, ...optimizer.named } as TrainingInput,
    loss: loss.own,
    losses,
    lossWeights: readLossWeights(definition.lossWeights),
    optimizer: optimizer.own,
    isSparse: [definition.loss, written].some(isSparse),
  };
}

/** Whether a loss, by its name or as an object, asks for class numbers. */
function isSparse(written: unknown): boolean {
  return nameOf(written) === "sparseCategoricalCrossentropy";
}

function nameOf(written: unknown): unknown {
  const isObject = typeof written === "object" && written !== null;
  return isObject ? (written as { readonly name?: unknown }).name : written;
}

interface Read<Own> {
  /** The fields to add to `training`. */
  readonly named: object;
  readonly own: Own | null;
}

/** Whether it is a list, or an object by the names of outputs. The config of a single loss has a `name` that is a text. */
function isByOutput(written: unknown): written is ByOutput<unknown> {
  if (typeof written !== "object" || written === null) return false;
  return Array.isArray(written) || typeof (written as { name?: unknown }).name !== "string";
}

function mapByOutput<Before, After>(
  written: ByOutput<Before>,
  read: (value: Before, field: string) => After,
  field: string,
): ByOutput<After> {
  if (Array.isArray(written))
    return (written as readonly Before[]).map((value, index) => read(value, `${field}[${index}]`));
  return Object.fromEntries(
    Object.entries(written as { readonly [name: string]: Before }).map(([name, value]) => [
      name,
      read(value, `${field}.${name}`),
    ]),
  );
}

function readOutputLoss(written: unknown, field: string): ReadLoss {
  const { named, own } = readLoss(written, field);
  const config = own ? null : parseLoss((named as { loss?: unknown }).loss, field);
  return { config, own, isSparse: isSparse(written) };
}

function parseLoss(written: unknown, field: string): LossConfig {
  const parsed = anyLoss.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError({
    code: "invalid-value",
    field: [field, ...(issue?.path ?? [])].join("."),
    message: issue?.message ?? "must be a loss",
    got: written,
  });
}

function readLossWeights(written: unknown): ByOutput<number> | null {
  if (written === undefined) return null;
  if (!isByOutput(written))
    throw new InputError({
      code: "invalid-value",
      field: "lossWeights",
      message:
        "must be a list of numbers, one for each output, or an object by the outputs' names; correct it",
      got: written,
    });
  return mapByOutput(written, readLossWeight, "lossWeights");
}

function readLossWeight(weight: unknown, field: string): number {
  if (typeof weight === "number" && Number.isFinite(weight) && weight >= 0) return weight;
  throw new InputError({
    code: "out-of-range",
    field,
    message: "must be a number of 0 or more; correct it",
    got: weight,
  });
}

function readLoss(written: unknown, field: string): Read<WrittenLoss> {
  if (written === undefined) return { named: {}, own: null };
  if (typeof written === "function") {
    const name = lossOfFunction(written);
    return name === null
      ? { named: {}, own: written as WrittenLoss }
      : { named: { loss: { name } }, own: null };
  }
  if (typeof written === "object" && written !== null)
    return { named: { loss: parseLoss(written, field) }, own: null };
  const name = ourName(lossSpellings, written);
  if ((lossNames as readonly unknown[]).includes(name)) return { named: { loss: { name } }, own: null };
  throw new InputError({
    code: "invalid-value",
    field,
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
