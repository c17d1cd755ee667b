import type { LayerJson, ModelJson } from "../topologyJson.ts";
import { prependLayer } from "./insertLayer.ts";

/**
 * Hides the steps that hold a number throughout, as those that only fill a sequence up: by the layers that mask another
 * number, by each layer that looks codes up, where the number is 0, or by a layer of its own before all others.
 */
export function withMasks(model: ModelJson, value = 0): ModelJson {
  const { layers } = model.config;
  const change = layers.some(isMask) ? maskedBy(value) : value === 0 && layers.some(isLookup) ? masked : null;
  if (change === null) return prependLayer(model, "Masking", { mask_value: value });
  return { ...model, config: { ...model.config, layers: layers.map(change) } };
}

function isMask({ class_name: kind }: LayerJson): boolean {
  return kind === "Masking";
}

function maskedBy(value: number): (layer: LayerJson) => LayerJson {
  return (layer) => (isMask(layer) ? { ...layer, config: { ...layer.config, mask_value: value } } : layer);
}

function isLookup({ class_name: kind }: LayerJson): boolean {
  return kind === "Embedding";
}

function masked(layer: LayerJson): LayerJson {
  return isLookup(layer) ? { ...layer, config: { ...layer.config, mask_zero: true } } : layer;
}
