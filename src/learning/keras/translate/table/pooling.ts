import { kept } from "../arguments/argument.ts";
import { behindPermutation } from "./channelsFirst.ts";
import type { LayerEntry, LayerGroup } from "./entry.ts";
import { dataFormat, padding } from "./shared.ts";

function local(kind: "Max" | "Average", rank: 1 | 2 | 3): LayerEntry {
  return {
    names: [`${kind}Pooling${rank}D`, `${kind === "Max" ? "Max" : "Avg"}Pool${rank}D`],
    to: `${kind}Pooling${rank}D`,
    arguments: { pool_size: kept, strides: kept, padding, data_format: dataFormat },
    // TensorFlow.js takes the channels of a sequence last only.
    ...(rank === 1 && { finish: behindPermutation }),
  };
}

function everything(kind: "Max" | "Average", rank: 1 | 2 | 3): LayerEntry {
  return {
    names: [`Global${kind}Pooling${rank}D`, `Global${kind === "Max" ? "Max" : "Avg"}Pool${rank}D`],
    to: "KerasGlobalPooling",
    arguments: { data_format: dataFormat, keepdims: kept },
    finish: (layer) => ({ ...layer, config: { ...layer.config, kind: kind.toLowerCase() } }),
  };
}

export const pooling: LayerGroup = {
  title: "Pooling",
  entries: [
    ...([1, 2, 3] as const).flatMap((rank) => [local("Max", rank), local("Average", rank)]),
    ...([1, 2, 3] as const).flatMap((rank) => [everything("Max", rank), everything("Average", rank)]),
  ],
};
