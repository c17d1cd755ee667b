// Layers that change images: at random in training (augmentation), or always to one size.

import { kept, only, unusedIf } from "../arguments/argument.ts";
import type { LayerEntry, LayerGroup, TranslatedLayer } from "./entry.ts";

const channelsLast = only([null, "channels_last"], "take channels_last");
const changesColours = { data_format: channelsLast, factor: kept, value_range: kept } as const;
const changesPlaces = {
  data_format: channelsLast,
  fill_mode: only(["reflect", "wrap", "constant", "nearest"], "take reflect, wrap, constant or nearest"),
  fill_value: kept,
  interpolation: only(["bilinear", "nearest"], "take bilinear or nearest"),
} as const;

/** A factor of Keras: one number for both directions, or from and to. */
function rangeOf(factor: unknown): readonly number[] {
  return Array.isArray(factor) ? factor.map(Number) : [-Number(factor ?? 0), Number(factor ?? 0)];
}

/** One of the layers that flip, turn, move or scale. @param settings what its own arguments mean */
function transform(
  name: string,
  own: readonly string[],
  settings: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): LayerEntry {
  return {
    names: [name],
    to: "KerasRandomTransform",
    arguments: { ...Object.fromEntries(own.map((argument) => [argument, kept])), ...changesPlaces },
    finish: ({ class_name, config }, { isFrozen }) => {
      const others = Object.entries(config).filter(([key]) => !own.includes(key));
      return restingIf(isFrozen, {
        class_name,
        config: { ...Object.fromEntries(others), ...settings(config) } as TranslatedLayer["config"],
      });
    },
    weights: () => [],
    difference: DIFFERENCE,
  };
}

const DIFFERENCE = "the changes come from the run's seed";

/** A model that is called with training=False changes nothing. */
function restingIf(isFrozen: boolean, layer: TranslatedLayer): TranslatedLayer {
  return isFrozen ? { ...layer, config: { ...layer.config, strength: 0 } } : layer;
}

/** One of the layers that change colours. @param part the setting that its factor is */
function colour(
  name: string,
  part: "brightness" | "contrast",
  asRange: (factor: unknown) => readonly number[],
): LayerEntry {
  return {
    names: [name],
    to: "KerasRandomColour",
    arguments: changesColours,
    finish: ({ class_name, config: { factor, ...config } }, { isFrozen }) =>
      restingIf(isFrozen, { class_name, config: { ...config, [part]: [...asRange(factor)] } }),
    weights: () => [],
    difference: DIFFERENCE,
  };
}

export const augmentation: LayerGroup = {
  title: "Augmentation and size of images",
  entries: [
    transform("RandomFlip", ["mode"], ({ mode = "horizontal_and_vertical" }) => ({
      flip_rows: String(mode).includes("vertical"),
      flip_columns: String(mode).includes("horizontal"),
      // A flipped pixel is one of the image's own, so that nothing has to be interpolated.
      interpolation: "nearest",
    })),
    transform("RandomRotation", ["factor"], ({ factor }) => ({ turns: rangeOf(factor) })),
    transform("RandomTranslation", ["height_factor", "width_factor"], (config) => ({
      rows: rangeOf(config.height_factor),
      columns: rangeOf(config.width_factor),
    })),
    transform("RandomZoom", ["height_factor", "width_factor"], (config) => ({
      tall: rangeOf(config.height_factor),
      wide: config.width_factor == null ? null : rangeOf(config.width_factor),
    })),
    colour("RandomBrightness", "brightness", rangeOf),
    // The factor's first number is how much less the contrast may be, without a sign.
    colour("RandomContrast", "contrast", (factor) =>
      Array.isArray(factor) ? [-Number(factor[0]), Number(factor[1])] : rangeOf(factor),
    ),
    {
      names: ["Resizing"],
      to: "KerasResizing",
      arguments: {
        height: kept,
        width: kept,
        interpolation: only(["bilinear", "nearest"], "take bilinear or nearest"),
        data_format: channelsLast,
        crop_to_aspect_ratio: unusedIf([false, null], "take False"),
        pad_to_aspect_ratio: unusedIf([false, null], "take False"),
        antialias: unusedIf([false, null], "take False"),
        fill_mode: kept,
        fill_value: kept,
      },
      finish: ({ class_name, config: { height, width, interpolation, name } }) => ({
        class_name,
        config: { name, parts: [height, width], interpolation: interpolation ?? "bilinear" } as never,
      }),
    },
    {
      names: ["CenterCrop"],
      to: "KerasCenterCrop",
      arguments: { height: kept, width: kept, data_format: channelsLast },
      finish: ({ class_name, config: { height, width, name } }) => ({
        class_name,
        config: { name, parts: [height, width] } as never,
      }),
    },
  ],
};
