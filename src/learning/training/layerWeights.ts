import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Layer, partsOf, placedLayers } from "../subject/layerTree.ts";
import { read } from "./read.ts";

/** A layer that has weights, trainable or frozen. */
export interface LayerWeights {
  /** The layer's name, preceded by the names of the models that contain it: `base/dense1`. */
  readonly layer: string;
  readonly variables: readonly Variable[];
  /** Whether the layer, or the model that contains it, was set to be not trainable. */
  readonly frozen: boolean;
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
      frozen: isFrozen(layer),
    }));
}

/**
 * A model that is set to be not trainable says so to the weights of its layers, and a layer keeps it to itself. Weights
 * that no layer trains, such as moving averages, say nothing.
 */
function isFrozen(layer: Layer): boolean {
  if (!layer.trainable) return true;
  const own = [layer, ...partsOf(layer)].flatMap((part) => trainedWeights(part));
  return (
    own.length > 0 && own.every((weight) => !(weight as unknown as { readonly trainable: boolean }).trainable)
  );
}

function trainedWeights(layer: Layer): Layer["weights"] {
  return (layer as unknown as { _trainableWeights?: Layer["weights"] })._trainableWeights ?? [];
}

/** Reads the values of a layer's weights, in the order of its variables. */
export function readWeights({ variables }: LayerWeights): Promise<Float32Array[]> {
  return Promise.all(variables.map(read));
}
