import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layer } from "../subject/layerTree.ts";
import { ownWeights } from "../subject/weightOrigins.ts";

/**
 * Runs `work` while these layers compute as in training, and all others as in evaluation. It restores the weights that
 * this updates, such as the moving averages of batch normalisation.
 */
export function inTrainingMode(layers: readonly Layer[], work: () => readonly Tensor[]): readonly Tensor[] {
  const restore = layers.map((layer) => {
    const weights = ownWeights(layer).map((weight) => ({ weight, value: weight.read().clone() }));
    const own = Object.getOwnPropertyDescriptor(layer, "call");
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: true });
    return () => {
      if (own) Object.defineProperty(layer, "call", own);
      else Reflect.deleteProperty(layer, "call");
      for (const { weight, value } of weights) {
        weight.write(value);
        value.dispose();
      }
    };
  });
  try {
    return work();
  } finally {
    for (const one of restore) one();
  }
}
