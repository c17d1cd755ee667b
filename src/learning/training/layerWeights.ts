import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { placedLayers } from "../subject/layerTree.ts";
import { read } from "./read.ts";

/** A layer that has weights, trainable or frozen. */
export interface LayerWeights {
  /** The layer's name, preceded by the names of the models that contain it: `base/dense1`. */
  readonly layer: string;
  readonly variables: readonly Variable[];
}

/**
 * Returns the layers of a model that have weights, in order; the layers of a nested model stand at its place. The model
 * still owns the variables.
 */
export function layersWithWeights(model: LayersModel): LayerWeights[] {
  return placedLayers(model)
    .filter(({ layer }) => layer.weights.length > 0)
    .map(({ layer, path }) => ({
      layer: path,
      variables: layer.weights.map((weight) => weight.read() as Variable),
    }));
}

/** Reads the values of a layer's weights, in the order of its variables. */
export function readWeights({ variables }: LayerWeights): Promise<Float32Array[]> {
  return Promise.all(variables.map(read));
}
