import type { LayerJson, ModelJson } from "../topologyJson.ts";
import { prependLayer } from "./insertLayer.ts";

/**
 * Hides the steps that are 0 throughout, as those that only fill a sequence up: by each layer that looks codes up, or by a
 * layer of its own before all others.
 */
export function withMasks(model: ModelJson): ModelJson {
  const { layers } = model.config;
  if (!layers.some(isLookup)) return prependLayer(model, "Masking", { mask_value: 0 });
  return { ...model, config: { ...model.config, layers: layers.map(masked) } };
}

function isLookup({ class_name: kind }: LayerJson): boolean {
  return kind === "Embedding";
}

function masked(layer: LayerJson): LayerJson {
  return isLookup(layer) ? { ...layer, config: { ...layer.config, mask_zero: true } } : layer;
}
