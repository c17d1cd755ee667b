// Lets some layers of a model keep the weights that the project's code gave them, while the seed draws the others: for
// example, a trained base under a new head.

import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel, layers } from "@tensorflow/tfjs-layers";

/**
 * Which layers keep their weights: all, none, or those whose name is one of these or begins with one of these and a
 * separator.
 */
export type KeptWeights = boolean | readonly string[];

/** Whether a layer of that name keeps its weights. */
export function keepsWeights(kept: KeptWeights, layer: string): boolean {
  if (typeof kept === "boolean") return kept;
  return kept.some(
    (name) => layer === name || (layer.startsWith(name) && /^[^A-Za-z0-9]/.test(layer.slice(name.length))),
  );
}

/** Copies of the kept layers' weights, to be restored after all weights were drawn. */
export interface Keeping {
  /** The requested names that match no layer. */
  readonly unknown: readonly string[];
  /** Gives the kept layers their weights back, and frees the copies. */
  restore(): void;
}

/** Copies the weights of the layers that keep them, including layers of nested models. */
export function copyKept(model: LayersModel, names: readonly string[]): Keeping {
  const all = layersWithin(model.layers, false, names);
  const copies = all
    .filter(({ isKept, layer }) => isKept && partsOf(layer).length === 0)
    .map(({ layer }) => ({ layer, weights: layer.getWeights().map((weight): Tensor => weight.clone()) }));
  return {
    unknown: names.filter((name) => !all.some(({ layer }) => keepsWeights([name], layer.name))),
    restore() {
      for (const { layer, weights } of copies) {
        layer.setWeights(weights);
        dispose(weights);
      }
    },
  };
}

interface Placed {
  readonly layer: layers.Layer;
  readonly isKept: boolean;
}

/** Lists the layers at every depth; a layer inside a kept layer is kept too. */
function layersWithin(of: readonly layers.Layer[], isKept: boolean, names: readonly string[]): Placed[] {
  return of.flatMap((layer) => {
    const kept = isKept || keepsWeights(names, layer.name);
    return [{ layer, isKept: kept }, ...layersWithin(partsOf(layer), kept, names)];
  });
}

function partsOf(layer: layers.Layer): readonly layers.Layer[] {
  const { layers: parts } = layer as { layers?: readonly layers.Layer[] };
  return parts ?? [];
}
