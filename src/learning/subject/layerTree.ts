// A model's layers where models stand within models: who is where, and under which name.

import type { LayersModel, layers } from "@tensorflow/tfjs-layers";

export type Layer = layers.Layer;

/** A layer that is no model, at its place in a model. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** Its name behind the names of the models that hold it: `base/dense1`. */
  readonly path: string;
}

/** Whether a layer is a model itself: a base within a model with a new head, say. */
export function isModel(layer: Layer): layer is LayersModel {
  return "layers" in layer && Array.isArray(layer.layers);
}

/**
 * The layers of a model that are no models, those of nested models at the nested model's place. A layer that is applied
 * several times, and shares its weights, stands here once.
 */
export function placedLayers(model: LayersModel): PlacedLayer[] {
  const found = new Map<Layer, PlacedLayer>();
  const visit = (layers: readonly Layer[], prefix: string): void => {
    for (const layer of layers) {
      const path = `${prefix}${layer.name}`;
      if (isModel(layer)) visit(layer.layers, `${path}/`);
      else if (!found.has(layer)) found.set(layer, { layer, path });
    }
  };
  visit(model.layers, "");
  return [...found.values()];
}

/** What a layer is made of: the layers of a nested model, the cells of a recurrent layer, what a wrapper wraps. */
export function partsOf(layer: Layer): Layer[] {
  const fields = layer as unknown as Record<string, unknown>;
  const { layers, layer: wrapped, cell, cells, forwardLayer, backwardLayer } = fields;
  const parts = [layers, wrapped, cell, cells, forwardLayer, backwardLayer].flat();
  return parts.filter(
    (part): part is Layer => typeof part === "object" && part !== null && "getConfig" in part,
  );
}

/** Every layer of a model and every part of a layer, each once, the parts behind what they belong to. */
export function allLayers(model: LayersModel): Layer[] {
  const found = new Set<Layer>();
  const visit = (layer: Layer): void => {
    if (found.has(layer)) return;
    found.add(layer);
    partsOf(layer).forEach(visit);
  };
  model.layers.forEach(visit);
  return [...found];
}
