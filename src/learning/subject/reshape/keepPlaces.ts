import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Whether a layer takes one number of each channel over all places, so that nothing behind it knows where something stood. */
export function losesPlaces({ class_name: kind, config }: Pick<LayerJson, "class_name" | "config">): boolean {
  return /^(KerasGlobalPooling|Global(Average|Max)Pooling[123]D)$/.test(kind) && config.keepdims !== true;
}

/** Lists the numbers of every place one behind the other, in place of one number for all of them. */
export function keepPlaces(model: ModelJson): ModelJson {
  const layers = model.config.layers.map((layer) => (losesPlaces(layer) ? flattened(layer) : layer));
  return { ...model, config: { ...model.config, layers } };
}

function flattened(layer: LayerJson): LayerJson {
  const { name, trainable } = layer.config;
  return { ...layer, class_name: "Flatten", config: { name, trainable } };
}
