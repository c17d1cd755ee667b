import { hasKernel, type LayerJson, type ModelJson, type Reference } from "../topologyJson.ts";
import { appendLayer } from "./insertLayer.ts";
import { isRecurrentOver, returnSteps } from "./recurrentSteps.ts";

/**
 * Gives one output for each example to a model that has one for each position. The last recurrent layer that returns
 * every step then returns its last one alone. Where there is none, or a layer behind it wants the steps, a layer that
 * flattens is put in front of the last layer with weights; behind a convolution a layer averages over the positions.
 */
export function flattenPositions(model: ModelJson): ModelJson {
  const { layers } = model.config;
  const last = layers.findLastIndex(hasKernel);
  const place = layers.findLastIndex((layer) => isRecurrentOver(layer, true));
  const wantsSteps = layers.slice(place + 1).some(({ class_name: kind }) => /TimeDistributed|1D/.test(kind));
  const axes = /Conv([12])D/.exec(layers[last]?.class_name ?? "")?.[1];
  if (place >= 0 && !wantsSteps) return withLayers(model, returnSteps(layers, place, false));
  if (axes !== undefined) return appendLayer(model, `GlobalAveragePooling${axes}D`);
  return withLayers(model, insertFlatten(layers, last));
}

function withLayers(model: ModelJson, layers: readonly LayerJson[]): ModelJson {
  return { ...model, config: { ...model.config, layers } };
}

function insertFlatten(layers: readonly LayerJson[], last: number): readonly LayerJson[] {
  const end = layers[last];
  if (!end) return layers;
  const { inbound_nodes: inbound } = end;
  const { batch_input_shape: shape, ...config } = end.config;
  const name = `${config.name}-flatten`;
  const flatten = {
    class_name: "Flatten",
    config: { name, trainable: true, ...(shape !== undefined && { batch_input_shape: shape }) },
    ...(inbound && { name, inbound_nodes: inbound }),
  } as LayerJson;
  const from: Reference = [name, 0, 0, {}];
  const fed: LayerJson = { ...end, config, ...(inbound && { inbound_nodes: [[from]] }) };
  return [...layers.slice(0, last), flatten, fed, ...layers.slice(last + 1)];
}
