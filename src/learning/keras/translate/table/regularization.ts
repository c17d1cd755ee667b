import { kept } from "../arguments/argument.ts";
import type { LayerGroup } from "./entry.ts";

export const regularization: LayerGroup = {
  title: "Regularization",
  entries: [
    {
      names: ["Dropout"],
      to: "Dropout",
      arguments: { rate: kept, noise_shape: kept },
      difference: "the masks come from the run's seed",
    },
    {
      names: ["GaussianNoise"],
      to: "GaussianNoise",
      arguments: { stddev: kept },
      difference: "the noise comes from the run's seed",
    },
    {
      names: ["GaussianDropout"],
      to: "GaussianDropout",
      arguments: { rate: kept },
      difference: "the noise comes from the run's seed",
    },
    {
      names: ["AlphaDropout"],
      to: "AlphaDropout",
      arguments: { rate: kept, noise_shape: kept },
      difference: "the masks come from the run's seed",
    },
  ],
};
