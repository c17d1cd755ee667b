import { kept, only, unused } from "../arguments/argument.ts";
import type { LayerGroup } from "./entry.ts";

export const preprocessing: LayerGroup = {
  title: "Preprocessing",
  entries: [
    { names: ["Rescaling"], to: "KerasRescaling", arguments: { scale: kept, offset: kept } },
    {
      names: ["CategoryEncoding"],
      to: "KerasCategoryEncoding",
      arguments: {
        num_tokens: kept,
        output_mode: only(["multi_hot", "one_hot", "count"], "take multi_hot, one_hot or count"),
      },
    },
    {
      names: ["Discretization"],
      to: "KerasDiscretization",
      arguments: {
        bin_boundaries: kept,
        num_bins: unused,
        epsilon: unused,
        output_mode: only(["int", "multi_hot", "one_hot", "count"], "take int, multi_hot, one_hot or count"),
      },
      finish: (layer, { findings, layer: name }) => {
        if (!Array.isArray(layer.config.bin_boundaries))
          findings.refuse(
            name,
            "bin_boundaries",
            "must be known; give bin_boundaries, or call adapt() before the capture",
          );
        return layer;
      },
      weights: () => [],
    },
  ],
};
