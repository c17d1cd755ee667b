import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Lets batch normalisation that is always called as in training use its moving averages in evaluation. */
export function withAverages(model: ModelJson): ModelJson {
  return { ...model, config: { ...model.config, layers: model.config.layers.map(averaged) } };
}

/** The class of batch normalisation that is always called as in training. */
export const ALWAYS_TRAINING = "SteadyBatchNormalization";

function averaged(layer: LayerJson): LayerJson {
  if (isModel(layer)) return withAverages(layer) as unknown as LayerJson;
  return layer.class_name === ALWAYS_TRAINING ? { ...layer, class_name: "KerasBatchNormalization" } : layer;
}

function isModel(layer: LayerJson | ModelJson): layer is LayerJson & ModelJson {
  return Array.isArray(layer.config.layers);
}
