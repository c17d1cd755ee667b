import type { Tensor } from "@tensorflow/tfjs-core";
import { rememberLogits } from "../loss/logits.ts";
import { isModel, type Layer } from "../subject/layerTree.ts";

interface Activation {
  apply(input: Tensor): Tensor;
}

const watched = new WeakSet<Activation>();

/**
 * Lets a loss find the logits of the sigmoid that a layer ends with. A layer without one is left alone.
 *
 * @param layer the one that makes an output; of a model, its own last layers are taken.
 */
export function watchLogits(layer: Layer): void {
  if (isModel(layer)) {
    for (const { sourceLayer } of layer.outputs) watchLogits(sourceLayer);
    return;
  }
  const { activation } = layer as unknown as { readonly activation?: Activation };
  if (!activation || watched.has(activation) || layer.getConfig().activation !== "sigmoid") return;
  watched.add(activation);
  const apply = activation.apply.bind(activation);
  activation.apply = (input) => {
    const probabilities = apply(input);
    rememberLogits(probabilities, input);
    return probabilities;
  };
}
