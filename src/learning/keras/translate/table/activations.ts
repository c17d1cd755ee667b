import { kept, keptAs, number, oneAxis } from "../arguments/argument.ts";
import type { LayerGroup, TranslatedLayer } from "./entry.ts";
import { weightArguments } from "./shared.ts";

function alongAxis(layer: TranslatedLayer): TranslatedLayer {
  const { axis = -1 } = layer.config;
  return axis === -1 ? layer : { ...layer, class_name: "KerasSoftmax" };
}

export const activations: LayerGroup = {
  title: "Activation layers",
  entries: [
    {
      names: ["ReLU"],
      to: "KerasReLU",
      arguments: { max_value: number, negative_slope: number, threshold: number },
    },
    {
      names: ["LeakyReLU"],
      to: "LeakyReLU",
      arguments: { alpha: number, negative_slope: keptAs("alpha", number) },
    },
    { names: ["PReLU"], to: "PReLU", arguments: { shared_axes: kept, ...weightArguments("alpha") } },
    { names: ["ELU"], to: "KerasELU", arguments: { alpha: number } },
    { names: ["ThresholdedReLU"], to: "ThresholdedReLU", arguments: { theta: number } },
    { names: ["Softmax"], to: "Softmax", arguments: { axis: oneAxis }, finish: alongAxis },
  ],
};
