import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Lets no layer make a mask, so that every step of a sequence counts. */
export function withoutMasks(model: ModelJson): ModelJson {
  return { ...model, config: { ...model.config, layers: model.config.layers.map(unmasked) } };
}

function unmasked(layer: LayerJson): LayerJson {
  const { class_name: kind, config } = layer;
  if (config.mask_zero === true) return { ...layer, config: { ...config, mask_zero: false } };
  if (kind !== "Masking") return layer;
  const { mask_value: _value, ...rest } = config;
  return { ...layer, class_name: "Activation", config: { ...rest, activation: "linear" } };
}
