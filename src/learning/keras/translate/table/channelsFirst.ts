// Layers of sequences whose channels come first, which TensorFlow.js has no form for.

import type { TranslatedLayer } from "./entry.ts";

/** Puts the layer between two that swap steps and channels, where its channels come first. */
export function behindPermutation(layer: TranslatedLayer): TranslatedLayer | readonly TranslatedLayer[] {
  const { data_format: format, ...config } = layer.config;
  const plain = { ...layer, config };
  if (format !== "channels_first") return plain;
  return [swapped(`${config.name}_last`), plain, swapped(`${config.name}_first`)];
}

function swapped(name: string): TranslatedLayer {
  return { class_name: "Permute", config: { name, dims: [2, 1] } };
}
