import { kept, unused } from "../arguments/argument.ts";
import type { LayerContext, LayerEntry, LayerGroup, TranslatedLayer } from "./entry.ts";
import { dataFormat } from "./shared.ts";

/** One mask for all steps of a channel: a Dropout layer whose mask has one number along the other axes. */
function spatialDropout(rank: 1 | 2 | 3): LayerEntry {
  return {
    names: [`SpatialDropout${rank}D`],
    to: "Dropout",
    arguments: { rate: kept, noise_shape: unused, data_format: dataFormat },
    finish: (layer, context) => {
      const { data_format: format, ...config } = layer.config;
      const steps = Array.from({ length: rank }, () => 1);
      const noise_shape = format === "channels_first" ? [null, null, ...steps] : [null, ...steps, null];
      return withoutNoise({ ...layer, config: { ...config, noise_shape } }, context);
    },
    difference: "the masks come from the run's seed",
  };
}

/** A model that is called with training=False drops nothing. */
function withoutNoise(layer: TranslatedLayer, { isFrozen }: LayerContext): TranslatedLayer {
  if (!isFrozen) return layer;
  return { class_name: "Activation", config: { name: layer.config.name, activation: "linear" } };
}

export const regularization: LayerGroup = {
  title: "Regularization",
  entries: [
    {
      names: ["Dropout"],
      to: "Dropout",
      arguments: { rate: kept, noise_shape: kept },
      finish: withoutNoise,
      difference: "the masks come from the run's seed",
    },
    spatialDropout(1),
    spatialDropout(2),
    spatialDropout(3),
    { names: ["ActivityRegularization"], to: "ActivityRegularization", arguments: { l1: kept, l2: kept } },
    {
      names: ["GaussianNoise"],
      to: "GaussianNoise",
      arguments: { stddev: kept },
      finish: withoutNoise,
      difference: "the noise comes from the run's seed",
    },
    {
      names: ["GaussianDropout"],
      to: "GaussianDropout",
      arguments: { rate: kept },
      finish: withoutNoise,
      difference: "the noise comes from the run's seed",
    },
    {
      names: ["AlphaDropout"],
      to: "AlphaDropout",
      arguments: { rate: kept, noise_shape: kept },
      finish: withoutNoise,
      difference: "the masks come from the run's seed",
    },
  ],
};
