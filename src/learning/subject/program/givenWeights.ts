// Remembers which layers have weights that the program gave them: it loaded them, set them, or trained them before. The seed
// of a run draws the weights of all others, as their initializers do.

import { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { replaceMethod } from "./replaceMethod.ts";

/** The layers with given weights, as far as the program has run. */
export interface GivenWeights {
  /** Their names in a model, at every depth. */
  of(model: LayersModel): readonly string[];
  /** Takes all layers of a model for given from now on. */
  addAll(model: LayersModel): void;
  /** Ends the watch. */
  stop(): void;
}

/** Watches what gives weights to layers. */
export function watchGivenWeights(): GivenWeights {
  const given = new WeakSet<object>();
  const add = (layer: layers.Layer) => {
    for (const one of within(layer)) given.add(one);
  };
  const restore = [
    replaceMethod(layers.Layer.prototype, "setWeights", (original, layer: layers.Layer) => {
      add(layer);
      return original();
    }),
    replaceMethod(LayersModel.prototype, "loadWeights", (original, model: LayersModel) => {
      add(model);
      return original();
    }),
  ];
  return {
    of: (model) => model.layers.flatMap(within).flatMap((layer) => (given.has(layer) ? [layer.name] : [])),
    addAll: add,
    stop() {
      for (const one of restore) one();
    },
  };
}

/** A layer, the layers within it, and those that it wraps. */
export function within(layer: layers.Layer): layers.Layer[] {
  const { layers: parts = [], layer: wrapped } = layer as {
    readonly layers?: readonly layers.Layer[];
    readonly layer?: layers.Layer;
  };
  return [layer, ...parts.flatMap(within), ...(wrapped ? within(wrapped) : [])];
}
