// Turns a compiled model of TensorFlow.js and its data into a subject. Every run builds the model anew from its
// topology, so the caller's own model never changes; the loss and the optimizer are those that it was compiled with.

import { dispose, type io, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { TrainingInput } from "../../config/schema.ts";
import type { LossName } from "../../config/trainingSchema.ts";
import { type DefinedSubject, defineSubject } from "../defineSubject.ts";
import type { Gaps } from "../gaps.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { areWholeNumbers } from "../own/classNumbers.ts";
import type { KeptWeights } from "../own/keptWeights.ts";
import { areBinary, areOneHot } from "../own/labels.ts";
import type { WrittenLoss } from "../own/ownLoss.ts";
import { type CompiledLoss, lossFunctionsOf, readCompiledLosses } from "./compiledLoss.ts";
import { measureOfCompiled } from "./compiledMetrics.ts";
import { readCompiledOptimizer } from "./compiledOptimizer.ts";
import { type ModelData, readModelData } from "./modelData.ts";
import { refuseOtherLayers, registerOwnLayers } from "./ownLayers.ts";

/** Whether a value is a layers model of TensorFlow.js. */
export function isLayersModel(what: unknown): what is LayersModel {
  if (typeof what !== "object" || what === null) return false;
  const { layers, toJSON, getWeights } = what as Partial<LayersModel>;
  return Array.isArray(layers) && typeof toJSON === "function" && typeof getWeights === "function";
}

/** What a program that was run says beside its data. */
export interface ProgramsOwn {
  /** How it trains, beside the optimizer. */
  readonly training?: TrainingInput;
  /** The layers that keep their weights. @defaultValue those that the data say */
  readonly keepWeights?: KeptWeights;
  /** The numbers that are missing from its training rows. @defaultValue none */
  readonly gaps?: Gaps | null;
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
  program: ProgramsOwn = {},
): Promise<DefinedSubject> {
  refuseUncompiled(model);
  const losses = readCompiledLosses(model);
  const optimizer = readCompiledOptimizer(model);
  const { batchSize = 32, epochs, seed, lossWeights, classWeight } = data;
  const { keepWeights = data.keepWeights ?? false, training, gaps } = program;
  const { train, heldOut } = await readModelData(model, data, losses);
  const [loss] = losses;
  const isOwn = losses.length === 1 && loss?.own !== null;
  const errorMeasure =
    data.errorMeasure ?? (isOwn && measureOfCompiled(model, train.targets[0] as NumberTable));
  const name = subjectName(model.name);
  const defined = defineSubject({
    name,
    buildModel: await copierOf(model, keepWeights),
    keepWeights,
    examples: { train, ...(heldOut && { heldOut }) },
    classification: losses.map((one, output) => hasClasses(one, train.targets[output] as NumberTable)),
    training: {
      batchSize,
      ...(epochs !== undefined && { epochs }),
      ...(optimizer.config !== null && { optimizer: optimizer.config }),
      ...training,
    },
    ...(losses.length === 1 && loss && { loss: lossOf(loss) }),
    ...(losses.length > 1 && { loss: losses.map(lossOf) }),
    ...(lossWeights !== undefined && { lossWeights }),
    ...(classWeight !== undefined && { classWeight }),
    ...(errorMeasure && { errorMeasure }),
    ...(optimizer.own && { optimizer: optimizer.own }),
    ...(gaps && { gaps }),
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
async function copierOf(model: LayersModel, kept: KeptWeights): Promise<() => Promise<LayersModel>> {
  registerOwnLayers(model);
  const modelTopology = model.toJSON(null, false) as unknown as object;
  const keepsSome = kept === true || (kept !== false && kept.length > 0);
  const weights = keepsSome
    ? await Promise.all(
        model.getWeights().map(async (weight) => ({ shape: weight.shape, values: await weight.data() })),
      )
    : [];
  return async () => {
    const copy = await build(modelTopology);
    refuseOtherLayers(model, copy);
    if (keepsSome) {
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
      message: `must be a model that TensorFlow.js can build from its own topology (${(error as Error).message.split("\n", 1)[0]}); let its own layers say in getConfig() what their constructors need`,
      got: "a model with layers of its own",
    });
  }
}

function lossOf({ own, name, isSparse }: CompiledLoss): WrittenLoss | LossName {
  return own ?? (isSparse ? "sparseCategoricalCrossentropy" : (name as LossName));
}

function hasClasses({ name, isSparse }: CompiledLoss, targets: NumberTable): boolean {
  if (isSparse) return areWholeNumbers(targets);
  const isCrossentropy = name === "binaryCrossentropy" || name === "categoricalCrossentropy";
  return isCrossentropy && holdsClasses({ name }, targets);
}

/**
 * Whether targets are classes: 0 or 1 for a crossentropy that asks each output by itself, one-hot along the last axis for
 * one whose outputs compete.
 */
export function holdsClasses({ name }: Pick<CompiledLoss, "name">, targets: NumberTable): boolean {
  const isEachItsOwn = targets.shape.at(-1) === 1 || name === "binaryCrossentropy";
  return isEachItsOwn ? areBinary(targets) : areOneHot(targets);
}
