import { activation } from "../arguments/activation.ts";
import { kept, unused, unusedIf } from "../arguments/argument.ts";
import type { LayerGroup, TranslatedLayer } from "./entry.ts";
import { dataFormat, kernelArguments, weightArguments } from "./shared.ts";

function asLinear(layer: TranslatedLayer): TranslatedLayer {
  return { ...layer, config: { ...layer.config, activation: "linear" } };
}

export const core: LayerGroup = {
  title: "Core",
  entries: [
    {
      names: ["InputLayer"],
      to: "InputLayer",
      arguments: {
        input_tensor: unused,
        optional: unusedIf([false, null], "give every input its data"),
      },
    },
    { names: ["Dense"], to: "Dense", arguments: { units: kept, ...kernelArguments } },
    { names: ["Identity"], to: "Activation", arguments: {}, finish: asLinear },
    { names: ["Activation"], to: "Activation", arguments: { activation } },
    {
      names: ["Embedding"],
      to: "Embedding",
      arguments: { input_dim: kept, output_dim: kept, mask_zero: kept, ...weightArguments("embeddings") },
    },
    { names: ["Masking"], to: "Masking", arguments: { mask_value: kept } },
    { names: ["Flatten"], to: "KerasFlatten", arguments: { data_format: dataFormat } },
    { names: ["Reshape"], to: "KerasReshape", arguments: { target_shape: kept } },
    { names: ["Permute"], to: "Permute", arguments: { dims: kept } },
    { names: ["RepeatVector"], to: "RepeatVector", arguments: { n: kept } },
  ],
};
