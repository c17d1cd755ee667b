import { kept, only } from "../arguments/argument.ts";
import type { LayerContext, LayerEntry, LayerGroup, TranslatedLayer } from "./entry.ts";
import { dataFormat } from "./shared.ts";

/** Both forms of a margin: one number for both sides, or a number for each. */
type Margin = readonly [number, number];

/** Reads a margin for each axis: `1`, `(1, 2)` of one axis, `(1, 2, 3)` of several, or pairs. */
function marginsOf(written: unknown, rank: number): readonly Margin[] {
  if (typeof written === "number") return Array.from({ length: rank }, () => [written, written]);
  const parts = written as readonly (number | Margin)[];
  if (rank === 1 && parts.length === 2) return [parts as unknown as Margin];
  return parts.map((part) => (typeof part === "number" ? [part, part] : part));
}

function margins(names: readonly string[], to: string, argument: string, rank: number): LayerEntry {
  return {
    names,
    to,
    arguments: { [argument]: kept, data_format: dataFormat },
    finish: (layer: TranslatedLayer, { keras }: LayerContext) => {
      const { [argument]: written, ...config } = layer.config;
      return { ...layer, config: { ...config, parts: marginsOf(written ?? keras[argument] ?? 1, rank) } };
    },
  };
}

function upSampling(rank: 1 | 2 | 3): LayerEntry {
  return {
    names: [`UpSampling${rank}D`],
    to: "KerasUpSampling",
    arguments: {
      size: kept,
      length: kept,
      data_format: dataFormat,
      ...(rank === 2 && { interpolation: only(["nearest", "bilinear"], "take nearest or bilinear") }),
    },
    finish: (layer) => {
      const { size, length, interpolation, ...config } = layer.config;
      const times = size ?? length ?? 2;
      const parts = Array.isArray(times) ? times : Array.from({ length: rank }, () => times);
      const class_name = interpolation === "bilinear" ? "KerasBilinearUpSampling" : layer.class_name;
      return { class_name, config: { ...config, parts } };
    },
  };
}

export const resizing: LayerGroup = {
  title: "Padding, cropping and upsampling",
  entries: [
    ...([1, 2, 3] as const).flatMap((rank) => [
      margins([`ZeroPadding${rank}D`], "KerasZeroPadding", "padding", rank),
      margins([`Cropping${rank}D`], "KerasCropping", "cropping", rank),
    ]),
    upSampling(1),
    upSampling(2),
    upSampling(3),
  ],
};
