// Prepares models that are not built-in for a run: they are built or loaded, changed if the config asks for it, and
// seeded.

import type { io } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import { readSavedModel } from "../../foundation/savedModel/savedModelFile.ts";
import type { ReworkConfig, SavedModelConfig } from "../config/schema.ts";
import type { Examples } from "./examples.ts";
import { generatedKind } from "./layerNames.ts";
import { isModel, type Layer } from "./layerTree.ts";
import { canBeFitted } from "./misfit/fitTargets.ts";
import { MisfitError } from "./misfit/misfit.ts";
import { copyKept, type KeptWeights } from "./own/keptWeights.ts";
import { inputParts, type Part, targetParts } from "./parts.ts";
import { seedDropout, seedWeights } from "./seedModel.ts";
import { isReworked, rebuild } from "./topology.ts";
import { withinBudget } from "./weightBudget.ts";

/** How a model is changed, and where its weights come from. */
export interface Preparation {
  readonly rework: ReworkConfig;
  readonly seed: number;
  /** The weights that are kept instead of drawn from the seed. Weights whose shape changes are drawn in any case. */
  readonly keepWeights: KeptWeights;
}

/** Prepares a model for a run. The caller disposes the result; `built` then belongs to the result or is disposed. */
export async function prepareModel(
  built: LayersModel,
  { rework, seed, keepWeights: wanted }: Preparation,
): Promise<LayersModel> {
  const model = isReworked(rework) ? await rebuildOrDispose(built, rework) : built;
  const keepWeights = rework.kernelInitializer === null ? wanted : keptBeside(model, wanted);
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

/**
 * Another initializer means other weights where all were kept. Those of frozen layers were never an initializer's, and
 * those of layers that the project names are kept in any case.
 */
function keptBeside(model: LayersModel, kept: KeptWeights): KeptWeights {
  if (kept !== true) return kept;
  const frozen = model.layers.filter(({ trainable, weights }) => !trainable && weights.length > 0);
  return frozen.length > 0 && frozen.map(({ name }) => name);
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

/** Copies all weights. @returns whether every weight fits. */
function copyWeights(from: LayersModel, to: LayersModel): boolean {
  if (from === to) return true;
  const weights = from.getWeights();
  const shapes = to.weights.map(({ shape }) => String(shape));
  if (String(weights.map(({ shape }) => String(shape))) !== String(shapes)) return false;
  to.setWeights(weights);
  return true;
}

/**
 * Loads a saved layers model: with its weights if training continues from them, otherwise with new ones, so that a run
 * from drawn weights depends only on the saved topology. The caller disposes it.
 *
 * @throws {InputError} if the file has changed since its hash was taken, or TensorFlow.js cannot build the model.
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

/**
 * Checks that the model takes the inputs of the examples and gives their outputs. @throws {InputError} if it does not;
 * the model is then disposed.
 */
export function refuseMisfit(model: LayersModel, examples: Examples): void {
  const fitsPart = (shape: readonly (number | null)[], part: Part | undefined) =>
    shape.length === part?.shape.length &&
    shape.every((side, axis) => side === null || side === part.shape[axis]);
  const allFit = (ends: readonly SymbolicTensor[], parts: readonly Part[]) =>
    ends.length === parts.length && ends.every(({ shape }, index) => fitsPart(shape.slice(1), parts[index]));
  const [inputs, targets] = [inputParts(examples), targetParts(examples)];
  if (allFit(model.inputs, inputs) && allFit(model.outputs, targets)) return;
  const got = {
    inputs: model.inputs.map(({ shape }) => shape.slice(1)),
    outputs: model.outputs.map(({ shape }) => shape.slice(1)),
  };
  const mayFit = allFit(model.inputs, inputs) && targets.length === model.outputs.length;
  const fits = mayFit ? whatFits(model, examples) : null;
  model.dispose();
  const details = {
    code: "conflict",
    field: "model",
    message: `must take ${describeParts(inputs, "input")} and give ${describeParts(targets, "output")}, as the examples are; change the model or the examples${fits ? ", or let npx learnproof check name what fits them" : ""}`,
    got,
  };
  throw fits === null ? new InputError(details) : new MisfitError(details, fits);
}

/** Returns the shapes of the model's outputs, to which targets are fitted; null if one leaves an axis open. */
function whatFits({ outputs }: LayersModel, examples: Examples): readonly (readonly number[])[] | null {
  const shapes = outputs.map(({ shape }) => shape.slice(1).filter((side) => side !== null));
  const areKnown = outputs.every(({ shape }, index) => shapes[index]?.length === shape.length - 1);
  if (!areKnown || !shapes.every((shape) => canBeFitted(examples, shape))) return null;
  // Targets that a loss takes in a shape of their own stay as they are.
  const parts = targetParts(examples);
  return shapes.map((shape, index) => parts[index]?.ownShape ?? shape);
}

function describeParts(parts: readonly Part[], kind: string): string {
  const shapes = parts.map(({ shape }) => `[${shape.join(", ")}]`);
  return parts.length === 1
    ? `one ${kind} of shape ${shapes[0]}`
    : `${parts.length} ${kind}s of shapes ${shapes.join(", ")}`;
}

/**
 * Renames layers with generated names by their place among layers of the same kind, so that a run's output does not
 * depend on what ran before. The layers of nested models count too, because a Sequential model flattens its first model
 * and needs unique names.
 */
function nameLayers(model: LayersModel): void {
  const layers = nestedLayers(model);
  const names = new Set(layers.map(({ name }) => name).filter((name) => generatedKind(name) === undefined));
  const counts = new Map<string, number>();
  for (const layer of layers) {
    const kind = generatedKind(layer.name);
    if (kind === undefined) continue;
    let name: string;
    do {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      name = `${kind}${counts.get(kind)}`;
    } while (names.has(name));
    layer.name = name;
  }
}

/** Lists the layers of a model and of its nested models, each once. */
function nestedLayers({ layers }: LayersModel): Layer[] {
  return [...new Set(layers.flatMap((layer) => [layer, ...(isModel(layer) ? nestedLayers(layer) : [])]))];
}
