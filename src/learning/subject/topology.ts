// Changes a model through its JSON topology, which needs no knowledge of the code that built it.

import type { io } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import type { ReworkConfig } from "../config/schema.ts";
import { endsByItself } from "./activationClasses.ts";
import { keptWidths } from "./reshape/addends.ts";
import { bendsWithin } from "./reshape/bends.ts";
import { changeLayer, withoutRescaling } from "./reshape/changeLayer.ts";
import { deepen } from "./reshape/deepen.ts";
import { dropWithin } from "./reshape/dropping.ts";
import { endsOf } from "./reshape/outputEnds.ts";
import { reshapeModel } from "./reshape/reshapeModel.ts";
import { hasKernel, hasKernelWithin, type LayerJson, type ModelJson } from "./topologyJson.ts";
import { withinBudget } from "./weightBudget.ts";

/** Whether the rework changes anything. */
export function isReworked(rework: ReworkConfig): boolean {
  const {
    width,
    layers,
    ownLoss: _loss,
    turnLoss: _turned,
    ownOptimizer: _optimizer,
    lossWeights: _weights,
    ...others
  } = rework;
  return width !== 1 || layers > 0 || Object.values(others).some((value) => (value ?? null) !== null);
}

/** Builds the model with the requested changes and new weights. The caller disposes both models. */
export async function rebuild(model: LayersModel, rework: ReworkConfig): Promise<LayersModel> {
  const json = changeModel(model.toJSON(null, false) as unknown as ModelJson, rework, ownEndOf(model));
  try {
    const artifacts = { modelTopology: json } as io.ModelArtifacts;
    return await withinBudget("rework", () => loadLayersModel({ load: async () => artifacts }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "conflict",
      field: "rework",
      message: `must leave a model that TensorFlow.js can build (${reasonOf(error)}); register the model's own layers with serialization.registerClass, or take the change back`,
      got: rework,
    });
  }
}

/** Finds the layer of the program's own operations that applies the activation of the only output. */
function ownEndOf({ outputs }: LayersModel): string | null {
  const [output, ...others] = outputs;
  const layer = output?.sourceLayer;
  if (!layer || others.length > 0 || !endsByItself(layer)) return null;
  const { lastActivation: activation, name, weights } = layer;
  // A sum or a product of a layer without weights leaves the activation to the layer before it.
  return activation === null || (activation === "linear" && weights.length === 0) ? null : name;
}

function refuseWideEnough(before: readonly LayerJson[], after: readonly LayerJson[], least: number): void {
  const widthsOf = (layers: readonly LayerJson[]) =>
    JSON.stringify(layers.map(({ config: { units, filters, layer } }) => [units, filters, layer]));
  if (widthsOf(before) !== widthsOf(after)) return;
  throw new InputError({
    code: "conflict",
    field: "rework.leastUnits",
    message:
      "must be above the units of a hidden layer that can be widened, and there is none; leave it out, or change the model",
    got: least,
  });
}

function endIn(layer: LayerJson, activation: ReworkConfig["outputActivation"]): LayerJson {
  return activation === null ? layer : { ...layer, config: { ...layer.config, ends_in: activation } };
}

/**
 * @param ownEnd the layer whose own operations apply the activation of the output; null where another layer does.
 */
function changeModel(model: ModelJson, rework: ReworkConfig, ownEnd: string | null): ModelJson {
  const { layers } = model.config;
  const last = layers.findLastIndex(hasKernelWithin);
  const ends = endsOf(model);
  if (ends && rework.outputActivation !== null)
    throw new InputError({
      code: "conflict",
      field: "rework.outputActivation",
      message:
        "must be null for a model of several outputs, each of which has its own; change them in buildModel",
      got: rework.outputActivation,
    });
  if (last < 0 && ownEnd === null && rework.outputActivation !== null)
    throw new InputError({
      code: "conflict",
      field: "rework.outputActivation",
      message:
        "must be null for a model whose output no layer with a kernel makes, and no layer that tells its activation; change it in buildModel",
      got: rework.outputActivation,
    });
  const isHidden = (layer: LayerJson, place: number) =>
    ends ? !ends.has(String(layer.config.name)) : place < last;
  const bends = layers.some((layer, place) => isHidden(layer, place) && bendsWithin(layer));
  const first = layers.findIndex(hasKernel);
  const kept = rework.width === 1 && rework.leastUnits === undefined ? new Set<string>() : keptWidths(layers);
  const taken = layers
    .map((layer, place) => (rework.rescaling === false && place < first ? withoutRescaling(layer) : layer))
    .map((layer) => (rework.dropout === null ? layer : dropWithin(layer, rework.dropout)));
  const forLayer = (name: string): ReworkConfig => ({
    ...rework,
    ...(kept.has(name) && { width: 1, leastUnits: 1 }),
    ...(ownEnd !== null && { outputActivation: null }),
  });
  const changed = taken.map((layer, place) => {
    const name = String(layer.config.name);
    const isLast = ends ? false : place >= last;
    const own = changeLayer(layer, isHidden(layer, place), isLast, bends, forLayer(name));
    return name === ownEnd ? endIn(own, rework.outputActivation) : own;
  });
  if (rework.leastUnits !== undefined && rework.width === 1)
    refuseWideEnough(taken, changed, rework.leastUnits);
  const deeper =
    rework.layers > 0 ? deepen(model, changed, layers.findLastIndex(hasKernel), rework.layers) : changed;
  return reshapeModel({ ...model, config: { ...model.config, layers: deeper } }, rework);
}
