// Models that are not ours, made ready for a run: built or loaded, changed where the config asks for it, seeded.

import type { io } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import { readSavedModel } from "../../foundation/savedModel/savedModelFile.ts";
import type { ReworkConfig, SavedModelConfig } from "../config/schema.ts";
import type { Examples } from "./examples.ts";
import { isModel, type Layer } from "./layerTree.ts";
import { copyKept, type KeptWeights } from "./own/keptWeights.ts";
import { seedDropout, seedWeights } from "./seedModel.ts";
import { isReworked, rebuild } from "./topology.ts";
import { withinBudget } from "./weightBudget.ts";

/** Where the weights of a model come from. */
export interface Preparation {
  readonly rework: ReworkConfig;
  readonly seed: number;
  /** Which of its weights stay as they are, rather than be drawn under the seed; changed shapes are drawn anyway. */
  readonly keepWeights: KeptWeights;
}

/** The model ready for a run. The caller disposes it; `built` is its own afterwards, or disposed. */
export async function prepareModel(
  built: LayersModel,
  { rework, seed, keepWeights }: Preparation,
): Promise<LayersModel> {
  const model = isReworked(rework) ? await rebuildOrDispose(built, rework) : built;
  const isCopied = keepWeights !== false && copyWeights(built, model);
  try {
    if (keepWeights !== true || !isCopied) drawWeights(model, seed, isCopied ? keepWeights : false);
  } catch (error) {
    for (const one of new Set([built, model])) one.dispose();
    throw error;
  }
  seedDropout(model, seed);
  nameLayers(model);
  if (model !== built) built.dispose();
  return model;
}

async function rebuildOrDispose(built: LayersModel, rework: ReworkConfig): Promise<LayersModel> {
  try {
    return await rebuild(built, rework);
  } catch (error) {
    built.dispose();
    throw error;
  }
}

function drawWeights(model: LayersModel, seed: number, kept: KeptWeights): void {
  const keeping = typeof kept === "boolean" ? null : copyKept(model, kept);
  seedWeights(model, seed);
  keeping?.restore();
  if (!keeping || keeping.unknown.length === 0) return;
  const names = model.layers.map(({ name }) => name);
  throw new InputError({
    code: "invalid-value",
    field: "keepWeights",
    message: `must name layers of the model, which are ${names.join(", ")}; correct it, or give the layers names`,
    got: keeping.unknown,
  });
}

/** Whether every weight found its place. */
function copyWeights(from: LayersModel, to: LayersModel): boolean {
  if (from === to) return true;
  const weights = from.getWeights();
  const shapes = to.weights.map(({ shape }) => String(shape));
  if (String(weights.map(({ shape }) => String(shape))) !== String(shapes)) return false;
  to.setWeights(weights);
  return true;
}

/**
 * Loads a saved layers model: with its weights where training goes on from them, else with fresh ones, so that a run
 * from weights that are drawn depends on nothing that was saved but the topology. The caller disposes it.
 *
 * @throws {InputError} where the file changed since its hash was taken, or TensorFlow.js cannot build the model.
 */
export async function loadSavedModel({
  file,
  sha256,
  initialWeights,
}: SavedModelConfig["model"]): Promise<LayersModel> {
  const { modelTopology, weightSpecs, weightData, ...saved } = readSavedModel(file);
  if (saved.sha256 !== sha256)
    throw new InputError({
      code: "changed",
      field: "model.file",
      message: "changed while it was measured; leave it as it is until the run has ended, then start again",
      got: file,
    });
  if (initialWeights === "saved" && weightSpecs.length === 0)
    throw new InputError({
      code: "conflict",
      field: "model.initialWeights",
      message:
        'must be "drawn" for a file that holds layers and no weights; change it, or save the model with them',
      got: initialWeights,
    });
  const weights = initialWeights === "saved" ? { weightSpecs: [...weightSpecs], weightData } : {};
  try {
    const artifacts = { modelTopology, ...weights } as io.ModelArtifacts;
    return await withinBudget("model.file", () => loadLayersModel({ load: async () => artifacts }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "invalid-model",
      field: "model.file",
      message: `must be a model that TensorFlow.js can load (${reasonOf(error)}); save it again, or register its own layers with serialization.registerClass`,
      got: file,
    });
  }
}

/** @throws {InputError} unless the model takes these inputs and gives as many outputs; it is disposed then. */
export function refuseMisfit(model: LayersModel, { inputShape, outputs }: Examples): void {
  const [input, output] = [model.inputs, model.outputs].map((ends) =>
    ends.map(({ shape }: SymbolicTensor) => shape.slice(1)),
  ) as [(number | null)[][], (number | null)[][]];
  const fits = (shape: (number | null)[] | undefined, wanted: readonly number[]) =>
    shape?.length === wanted.length && shape.every((side, axis) => side === null || side === wanted[axis]);
  if (input.length === 1 && fits(input[0], inputShape) && output.length === 1 && fits(output[0], [outputs]))
    return;
  model.dispose();
  throw new InputError({
    code: "conflict",
    field: "model",
    message: `must take one input of shape [${inputShape.join(", ")}] and give one output of shape [${outputs}], as the examples are; change the model or the examples`,
    got: { inputs: input, outputs: output },
  });
}

/** A name that TensorFlow.js made up counts all layers of a process: `dense_Dense8`. */
const MADE_UP = /^([a-z0-9_]+?)_[A-Z][A-Za-z0-9]*\d+$/;
/** And that of a model all models: `sequential_3`, `model2`. */
const MADE_UP_MODEL = /^(sequential|model|container)_?\d+$/;

/**
 * Names such layers by their place among those of their kind, so that a run says the same whatever ran before it. The
 * layers of nested models count too: a chain takes its first model apart, and wants each name once.
 */
function nameLayers(model: LayersModel): void {
  const layers = nestedLayers(model);
  const names = new Set(layers.map(({ name }) => name).filter((name) => kindOf(name) === undefined));
  const counts = new Map<string, number>();
  for (const layer of layers) {
    const kind = kindOf(layer.name);
    if (kind === undefined) continue;
    let name: string;
    do {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      name = `${kind}${counts.get(kind)}`;
    } while (names.has(name));
    layer.name = name;
  }
}

/** What a layer is, by a name that was made up; undefined for other names. */
function kindOf(name: string): string | undefined {
  return (MADE_UP.exec(name) ?? MADE_UP_MODEL.exec(name))?.[1];
}

/** The layers of a model and of the models within it, each once. */
function nestedLayers({ layers }: LayersModel): Layer[] {
  return [...new Set(layers.flatMap((layer) => [layer, ...(isModel(layer) ? nestedLayers(layer) : [])]))];
}
