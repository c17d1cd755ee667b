// Lists a model's layers, including those of nested models, with their places and names.

import type { LayersModel, layers } from "@tensorflow/tfjs-layers";

export type Layer = layers.Layer;

/** A layer that is not a model, with its place in a model. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** The layer's name, preceded by the names of the models that contain it: `base/dense1`. */
  readonly path: string;
}

/** Whether a layer is a model itself, such as a trained base in a model with a new head. */
export function isModel(layer: Layer): layer is LayersModel {
  return "layers" in layer && Array.isArray(layer.layers);
}

/**
 * Lists the layers of a model that are not models themselves; those of a nested model stand at its place. A layer that
 * is applied several times, and shares its weights, appears once.
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

/**
 * Lists the parts of a layer: the layers of a nested model, the cells of a recurrent layer, the layer inside a wrapper.
 */
export function partsOf(layer: Layer): Layer[] {
  const fields = layer as unknown as Record<string, unknown>;
  const { layers, layer: wrapped, cell, cells, forwardLayer, backwardLayer } = fields;
  const parts = [layers, wrapped, cell, cells, forwardLayer, backwardLayer].flat();
  return parts.filter(
    (part): part is Layer => typeof part === "object" && part !== null && "getConfig" in part,
  );
}

/**
 * Lists every layer of a model and every part of a layer, each once, with the parts after the layer that contains them.
 */
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
