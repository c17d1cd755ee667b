import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { placedLayers } from "../subject/layerTree.ts";
import { read } from "./read.ts";

/** A layer that has weights, trainable or frozen. */
export interface LayerWeights {
  /** Its name, behind those of the models that hold it: `base/dense1`. */
  readonly layer: string;
  readonly variables: readonly Variable[];
}

/**
 * The layers of a model that have weights, first to last, those of nested models at their place. The variables stay the
 * model's.
 */
export function layersWithWeights(model: LayersModel): LayerWeights[] {
  return placedLayers(model)
    .filter(({ layer }) => layer.weights.length > 0)
    .map(({ layer, path }) => ({
      layer: path,
      variables: layer.weights.map((weight) => weight.read() as Variable),
    }));
}

/** The values of a layer's weights, in the order of its variables. */
export function readWeights({ variables }: LayerWeights): Promise<Float32Array[]> {
  return Promise.all(variables.map(read));
}
