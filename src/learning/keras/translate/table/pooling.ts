import { kept, only, unusedIf } from "../arguments/argument.ts";
import type { LayerEntry, LayerGroup } from "./entry.ts";
import { dataFormat, padding } from "./shared.ts";

const last = only([null, "channels_last"], "take channels_last");

function local(kind: "Max" | "Average", rank: 1 | 2 | 3): LayerEntry {
  return {
    names: [`${kind}Pooling${rank}D`, `${kind === "Max" ? "Max" : "Avg"}Pool${rank}D`],
    to: `${kind}Pooling${rank}D`,
    arguments: { pool_size: kept, strides: kept, padding, data_format: rank === 1 ? last : dataFormat },
  };
}

function everything(kind: "Max" | "Average", rank: 1 | 2): LayerEntry {
  return {
    names: [`Global${kind}Pooling${rank}D`, `Global${kind === "Max" ? "Max" : "Avg"}Pool${rank}D`],
    to: `Global${kind}Pooling${rank}D`,
    arguments: {
      data_format: rank === 1 ? last : dataFormat,
      keepdims: unusedIf([false, null], "take keepdims=False and a Reshape layer behind it"),
    },
  };
}

export const pooling: LayerGroup = {
  title: "Pooling",
  entries: [
    ...([1, 2, 3] as const).flatMap((rank) => [local("Max", rank), local("Average", rank)]),
    ...([1, 2] as const).flatMap((rank) => [everything("Max", rank), everything("Average", rank)]),
  ],
};
