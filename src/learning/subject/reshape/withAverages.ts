import type { LayerJson, ModelJson } from "../topologyJson.ts";

/** Lets batch normalisation that is always called as in training use its moving averages in evaluation. */
export function withAverages(model: ModelJson): ModelJson {
  return { ...model, config: { ...model.config, layers: model.config.layers.map(averaged) } };
}

/** Lets batch normalisation that is trained, and never called as in training, normalise each batch by its own numbers. */
export function withBatchStatistics(model: ModelJson): ModelJson {
  return { ...model, config: { ...model.config, layers: model.config.layers.map(normalised) } };
}

function normalised(layer: LayerJson): LayerJson {
  if (isModel(layer)) return withBatchStatistics(layer) as unknown as LayerJson;
  const isTrained = layer.class_name === NEVER_TRAINING && layer.config.trainable !== false;
  return isTrained ? { ...layer, class_name: "KerasBatchNormalization" } : layer;
}

/** The class of batch normalisation that is never called as in training. */
const NEVER_TRAINING = "FrozenBatchNormalization";
/** The class of batch normalisation that is always called as in training. */
export const ALWAYS_TRAINING = "SteadyBatchNormalization";

function averaged(layer: LayerJson): LayerJson {
  if (isModel(layer)) return withAverages(layer) as unknown as LayerJson;
  return layer.class_name === ALWAYS_TRAINING ? { ...layer, class_name: "KerasBatchNormalization" } : layer;
}

function isModel(layer: LayerJson | ModelJson): layer is LayerJson & ModelJson {
  return Array.isArray(layer.config.layers);
}
