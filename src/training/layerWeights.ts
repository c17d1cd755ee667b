import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** A layer that has weights, trainable or frozen. */
export interface LayerWeights {
  readonly layer: string;
  readonly variables: readonly Variable[];
}

/** The layers of a model that have weights, first to last. The variables stay the model's. */
export function layersWithWeights(model: LayersModel): LayerWeights[] {
  return model.layers
    .filter((layer) => layer.weights.length > 0)
    .map((layer) => ({
      layer: layer.name,
      variables: layer.weights.map((weight) => weight.read() as Variable),
    }));
}
