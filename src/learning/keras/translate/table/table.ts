// The layers of Keras that are covered.

import { activations } from "./activations.ts";
import { augmentation } from "./augmentation.ts";
import { convolution } from "./convolution.ts";
import { core } from "./core.ts";
import type { LayerEntry, LayerGroup } from "./entry.ts";
import { merging } from "./merging.ts";
import { normalizations } from "./normalization.ts";
import { pooling } from "./pooling.ts";
import { preprocessing } from "./preprocessing.ts";
import { recurrent } from "./recurrent.ts";
import { regularization } from "./regularization.ts";
import { resizing } from "./resizing.ts";

export const layerGroups: readonly LayerGroup[] = [
  core,
  activations,
  convolution,
  pooling,
  resizing,
  recurrent,
  normalizations,
  regularization,
  merging,
  preprocessing,
  augmentation,
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
