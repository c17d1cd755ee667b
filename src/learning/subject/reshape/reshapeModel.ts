// Changes the shape of a model's input or output through its JSON topology.

import type { ReworkConfig } from "../../config/schema.ts";
import type { LayerJson, ModelJson } from "../topologyJson.ts";
import { withExamplesApart, withMomentum, withoutConstraints } from "./changeLayers.ts";
import { flattenPositions } from "./flattenPositions.ts";
import { prependLayer } from "./insertLayer.ts";
import { keepPlaces } from "./keepPlaces.ts";
import { lookUpCodes } from "./lookUp.ts";
import { withOwnEnds } from "./ownEnds.ts";
import { returnEveryStep } from "./recurrentSteps.ts";
import { withAverages, withBatchStatistics } from "./withAverages.ts";
import { withMasks } from "./withMasks.ts";
import { withoutForesight } from "./withoutForesight.ts";
import { withoutMasks } from "./withoutMasks.ts";

/** Whether the rework gives the model outputs of another shape. */
export function changesOutput({
  outputUnits,
  flatten,
  everyStep,
  samePadding,
  swapAxes,
}: ReworkConfig): boolean {
  return [outputUnits, flatten, everyStep, samePadding, swapAxes].some((change) => change !== undefined);
}

/** Makes the changes that concern positions: steps of a sequence, or pixels of a picture. */
export function reshapeModel(
  model: ModelJson,
  {
    flatten,
    everyStep,
    samePadding,
    swapAxes,
    lookUp,
    keepPlaces: keepsPlaces,
    masking,
    averagesInEvaluation,
    batchStatistics,
    constraints,
    momentum,
    apart,
    causal,
    ownEnds,
  }: ReworkConfig,
): ModelJson {
  const ended = ownEnds ? withOwnEnds(model) : model;
  const free = constraints === false ? withoutConstraints(ended) : ended;
  const quick = momentum === undefined ? free : withMomentum(free, momentum);
  const parted = apart ? withExamplesApart(quick) : quick;
  const blind = causal ? withoutForesight(parted) : parted;
  const moving = batchStatistics ? withBatchStatistics(blind) : blind;
  const steady = averagesInEvaluation ? withAverages(moving) : moving;
  const placed = keepsPlaces ? keepPlaces(steady) : steady;
  const shown = masking === undefined ? placed : remask(placed, masking);
  const swapped = swapAxes ? prependLayer(shown, "Permute", { dims: [2, 1] }) : shown;
  const looked = lookUp === undefined ? swapped : lookUpCodes(swapped, lookUp);
  const padded = samePadding ? padConvolutions(looked) : looked;
  const stepped = everyStep ? returnEveryStep(padded) : padded;
  return flatten ? flattenPositions(stepped) : stepped;
}

function remask(model: ModelJson, masking: number | boolean): ModelJson {
  return masking === false ? withoutMasks(model) : withMasks(model, masking === true ? 0 : masking);
}

function padConvolutions(model: ModelJson): ModelJson {
  const layers = model.config.layers.map((layer) => (isUnpadded(layer) ? padded(layer) : layer));
  return { ...model, config: { ...model.config, layers } };
}

function isUnpadded({ class_name: kind, config }: LayerJson): boolean {
  return "kernel_size" in config && config.padding === "valid" && !/Transpose/.test(kind);
}

function padded(layer: LayerJson): LayerJson {
  return { ...layer, config: { ...layer.config, padding: "same" } };
}
