import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { read } from "./read.ts";

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

/** The values of a layer's weights, in the order of its variables. */
export function readWeights({ variables }: LayerWeights): Promise<Float32Array[]> {
  return Promise.all(variables.map(read));
}
