// Changes of what layers drop, add or turn by chance in training.

import type { LayerJson } from "../topologyJson.ts";

const DROPPING = /^(Spatial|Gaussian|Alpha)?Dropout([123]D)?$/;
const NOISE = "GaussianNoise";
/** Layers that change images in training; see the layers of Keras. */
const AUGMENTATION = /^KerasRandom(Transform|Colour)$/;
/** Noise that evaluation has as well; see the layers of Keras. */
const STEADY = "KerasSteadyNoise";

/**
 * Gives a layer that drops units another rate. A rate of 0 also ends noise, augmentation, and the dropout within recurrent layers;
 * any other rate leaves these as they are.
 */
export function dropLess({ class_name: kind, config }: LayerJson, rate: number): Record<string, unknown> {
  if (DROPPING.test(kind)) return { rate };
  if (kind === STEADY) return rate === 0 ? { rate, stddev: 0 } : { rate };
  if (rate > 0) return {};
  if (kind === NOISE) return { stddev: 0 };
  if (AUGMENTATION.test(kind)) return { strength: 0 };
  const own = ["dropout", "recurrent_dropout"].filter((key) => typeof config[key] === "number");
  return Object.fromEntries(own.map((key) => [key, 0]));
}

/** Gives the layers within a model that stands as a layer another rate, such as those of an augmentation. */
export function dropWithin(layer: LayerJson, rate: number): LayerJson {
  const { layers } = layer.config as { readonly layers?: readonly LayerJson[] };
  if (!Array.isArray(layers)) return layer;
  const within = layers.map((inner: LayerJson) =>
    dropWithin({ ...inner, config: { ...inner.config, ...dropLess(inner, rate) } }, rate),
  );
  return { ...layer, config: { ...layer.config, layers: within } };
}
