// The layers of Keras that are covered.

import { convolution } from "./convolution.ts";
import { core } from "./core.ts";
import type { LayerEntry, LayerGroup } from "./entry.ts";
import { merging } from "./merging.ts";
import { pooling } from "./pooling.ts";
import { recurrent } from "./recurrent.ts";
import { regularization } from "./regularization.ts";

export const layerGroups: readonly LayerGroup[] = [
  core,
  convolution,
  pooling,
  recurrent,
  merging,
  regularization,
];

const entries: ReadonlyMap<string, LayerEntry> = new Map(
  layerGroups.flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.names.map((name) => [name, entry] as const)),
  ),
);

/** Finds the entry of a class of Keras; undefined where it has no counterpart. */
export function layerEntry(className: string): LayerEntry | undefined {
  return entries.get(className);
}
