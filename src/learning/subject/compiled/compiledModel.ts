// Turns a compiled model of TensorFlow.js and its data into a subject. Every run builds the model anew from its
// topology, so the caller's own model never changes; the loss and the optimizer are those that it was compiled with.

import { dispose, type io, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import { type DefinedSubject, defineSubject } from "../defineSubject.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import type { ExampleTables } from "../own/writtenExamples.ts";
import { type CompiledLoss, lossFunctionsOf, readCompiledLoss } from "./compiledLoss.ts";
import { readCompiledOptimizer } from "./compiledOptimizer.ts";
import { oneHot, readTable, rowsOf, type TensorLike } from "./modelData.ts";

/** The data that a compiled model is trained on, as `model.fit` takes it. */
export interface ModelData {
  /** Inputs, `[examples, …]`. */
  readonly x: TensorLike;
  /** Targets, `[examples, outputs]`; for `sparseCategoricalCrossentropy` a class number for each example. */
  readonly y: TensorLike;
  /** Examples that training never sees. @defaultValue the share that `validationSplit` names */
  readonly validationData?:
    | readonly [TensorLike, TensorLike]
    | { readonly x: TensorLike; readonly y: TensorLike };
  /** Share of the examples, the last ones, held out for validation; from 0 to below 1. @defaultValue 0 */
  readonly validationSplit?: number;
  /** Passes over the training examples. @defaultValue as many as make 500 steps */
  readonly epochs?: number;
  /** Examples in a batch. @defaultValue 32 */
  readonly batchSize?: number;
  /** Seed of the run, from 1 to 2147483647. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Whether training starts from the weights that the model has now. @defaultValue false: the seed draws them */
  readonly keepWeights?: boolean;
}

/** Whether a value is a layers model of TensorFlow.js. */
export function isLayersModel(what: unknown): what is LayersModel {
  if (typeof what !== "object" || what === null) return false;
  const { layers, toJSON, getWeights } = what as Partial<LayersModel>;
  return Array.isArray(layers) && typeof toJSON === "function" && typeof getWeights === "function";
}

/**
 * Defines a subject from a compiled model and its data. Weights and data are copied; the caller keeps and disposes the
 * model and its tensors.
 *
 * @throws {InputError} if the model was not compiled, or the data do not fit it.
 */
export async function defineCompiledModel(
  model: LayersModel,
  data: Partial<ModelData>,
): Promise<DefinedSubject> {
  refuseUncompiled(model);
  const loss = readCompiledLoss(model);
  const optimizer = readCompiledOptimizer(model);
  const { batchSize = 32, epochs, seed, keepWeights = false } = data;
  const { train, heldOut } = await readExamples(model, data, loss);
  const name = subjectName(model.name);
  const defined = defineSubject({
    name,
    buildModel: await copierOf(model, keepWeights),
    keepWeights,
    examples: { train, ...(heldOut && { heldOut }) },
    classification: isCrossentropy(loss) && holdsClasses(train.targets),
    training: {
      batchSize,
      ...(epochs !== undefined && { epochs }),
      ...(loss.name !== null && { loss: { name: loss.name } }),
      ...(optimizer.config !== null && { optimizer: optimizer.config }),
    },
    ...(loss.own && { loss: loss.own }),
    ...(optimizer.own && { optimizer: optimizer.own }),
  });
  return {
    name,
    config: (changes = {}) => defined.config({ ...(seed !== undefined && { seed }), ...changes }),
  };
}

function refuseUncompiled(model: LayersModel): void {
  if (model.optimizer !== undefined && lossFunctionsOf(model) !== undefined) return;
  throw new InputError({
    code: "invalid-value",
    field: "model",
    message: "must be compiled; call model.compile({ loss, optimizer }) first",
    got: "a model without loss and optimizer",
  });
}

/**
 * Turns the model's name into one that configs accept. A name that TensorFlow.js generated contains a counter of all
 * models of the process.
 */
export function subjectName(name: string): string {
  const plain = name.replace(/[^\w.-]/g, "-").slice(0, 60);
  return /^[\w-]/.test(plain) ? plain : "model";
}

/** Returns a function that builds the model anew from its topology, with its present weights if they are to be kept. */
async function copierOf(model: LayersModel, keepWeights: boolean): Promise<() => Promise<LayersModel>> {
  const modelTopology = model.toJSON(null, false) as unknown as object;
  const weights = keepWeights
    ? await Promise.all(
        model.getWeights().map(async (weight) => ({ shape: weight.shape, values: await weight.data() })),
      )
    : [];
  return async () => {
    const copy = await build(modelTopology);
    if (keepWeights) {
      const tensors = weights.map(({ values, shape }) => tensor(values, shape));
      copy.setWeights(tensors);
      dispose(tensors);
    }
    return copy;
  };
}

async function build(modelTopology: object): Promise<LayersModel> {
  try {
    return await loadLayersModel({ load: async () => ({ modelTopology }) as io.ModelArtifacts });
  } catch (error) {
    throw new InputError({
      code: "invalid-model",
      field: "model",
      message: `must be a model that TensorFlow.js can build from its own topology (${(error as Error).message.split("\n", 1)[0]}); register its own layers with serialization.registerClass`,
      got: "a model with layers of its own",
    });
  }
}

interface Split {
  readonly train: ExampleTables;
  readonly heldOut: ExampleTables | null;
}

async function readExamples(
  model: LayersModel,
  { x, y, validationData, validationSplit = 0 }: Partial<ModelData>,
  loss: CompiledLoss,
): Promise<Split> {
  const all = await readPair(model, loss, x, y, "");
  if (validationData !== undefined) {
    const [heldOutX, heldOutY] =
      "x" in validationData ? [validationData.x, validationData.y] : [validationData[0], validationData[1]];
    return { train: all, heldOut: await readPair(model, loss, heldOutX, heldOutY, "validationData.") };
  }
  if (!(validationSplit >= 0 && validationSplit < 1))
    throw new InputError({
      code: "out-of-range",
      field: "validationSplit",
      message: "must be a number from 0 to below 1",
      got: validationSplit,
    });
  const count = all.inputs.shape[0] as number;
  const kept = count - Math.floor(count * validationSplit);
  const part = (from: number, to: number) => ({
    inputs: rowsOf(all.inputs, from, to),
    targets: rowsOf(all.targets, from, to),
  });
  return kept === count
    ? { train: all, heldOut: null }
    : { train: part(0, kept), heldOut: part(kept, count) };
}

async function readPair(
  model: LayersModel,
  { isSparse }: CompiledLoss,
  x: TensorLike | undefined,
  y: TensorLike | undefined,
  prefix: string,
): Promise<ExampleTables> {
  const input = model.inputs[0]?.shape.slice(1) ?? [];
  const output = model.outputs[0]?.shape.slice(1) ?? [];
  const inputs = await readTable(x as TensorLike, `${prefix}x`, input);
  const targets = await readTable(y as TensorLike, `${prefix}y`, isSparse ? [1] : output);
  if (!isSparse) return { inputs, targets };
  return { inputs, targets: oneHot(targets, output.at(-1) as number, `${prefix}y`) };
}

function isCrossentropy({ name }: CompiledLoss): boolean {
  return name === "binaryCrossentropy" || name === "categoricalCrossentropy";
}

/** Whether targets are classes: 0 or 1 for one output, one-hot for more. */
export function holdsClasses({ shape, values }: NumberTable): boolean {
  if (!values.every((value) => value === 0 || value === 1)) return false;
  const outputs = shape[1] as number;
  if (outputs === 1) return true;
  for (let row = 0; row < values.length; row += outputs)
    if (values.subarray(row, row + outputs).reduce((sum, value) => sum + value, 0) !== 1) return false;
  return true;
}
