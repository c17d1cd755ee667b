// Where each weight of a layer came from. A layer names its initializers when it builds itself, and nowhere else for sure:
// so it builds itself once more, and is given the weights that it has.

import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { allLayers, isModel, type Layer, partsOf } from "./layerTree.ts";

/** What fills a new weight; one of somebody else's may do no more than that. */
interface Initializer {
  getClassName?(): string;
  getConfig?(): Readonly<Record<string, unknown>>;
  apply(shape: number[], dtype: string): Tensor;
}

/** A weight, and how it is made anew. */
export interface WeightOrigin {
  readonly weight: Layer["weights"][number];
  /** The last part of its name, such as `kernel`. */
  readonly name: string;
  readonly initializer: Initializer;
}

/** For each layer of a model that made weights, and for each part of a layer, where they came from. */
export function weightOrigins(model: LayersModel): Map<Layer, WeightOrigin[]> {
  const origins = new Map<Layer, WeightOrigin[]>();
  for (const layer of allLayers(model)) {
    const [node] = layer.inboundNodes ?? [];
    if (!node || isModel(layer) || origins.has(layer)) continue;
    const shapes = node.inputShapes;
    const undo = partsWithin(layer).map((part) => watch(part, origins));
    try {
      tidy(() => layer.build(shapes.length === 1 ? (shapes[0] as never) : (shapes as never)));
    } finally {
      for (const one of undo) one();
    }
  }
  return origins;
}

/** A layer and its parts, at every depth. */
function partsWithin(layer: Layer): Layer[] {
  return [
    layer,
    ...partsOf(layer)
      .filter((part) => !isModel(part))
      .flatMap(partsWithin),
  ];
}

/** Hands out a layer's own weights while it builds itself; the result puts the layer back as it was. */
function watch(layer: Layer, origins: Map<Layer, WeightOrigin[]>): () => void {
  const restore = remember(layer);
  const own = ownWeights(layer);
  const found: WeightOrigin[] = [];
  const addWeight = (written: string, _shape: unknown, _dtype: unknown, initializer: Initializer) => {
    const name = lastPart(written);
    const taken = new Set(found.map(({ weight }) => weight));
    const weight = own.find((one) => !taken.has(one) && lastPart(one.originalName) === name);
    if (!weight) throw new Error(`weightOrigins: ${layer.name} must have its weight ${name}, got none`);
    found.push({ weight, name, initializer });
    return weight;
  };
  // Some layers make a weight only where they hold none. A layer that is built would not build its parts, and one that keeps states would free those that it has.
  const held = Object.entries(layer).filter(([, value]) => own.includes(value));
  Object.assign(layer, Object.fromEntries(held.map(([name]) => [name, null])));
  Object.assign(layer, { built: false, _stateful: false, addWeight });
  return () => {
    restore();
    if (found.length > 0) origins.set(layer, found);
  };
}

/** The weights that a layer made itself, without those of its parts. */
export function ownWeights(layer: Layer): Layer["weights"] {
  const { _trainableWeights = [], _nonTrainableWeights = [] } = layer as unknown as Record<
    string,
    Layer["weights"] | undefined
  >;
  return [..._trainableWeights, ..._nonTrainableWeights];
}

/** Copies a layer's fields, and what is in those that are lists; the result puts them back. */
function remember(layer: Layer): () => void {
  const fields = Object.entries(layer).map(([name, value]) => ({
    name,
    value,
    items: Array.isArray(value) ? [...value] : null,
  }));
  return () => {
    for (const name of Object.keys(layer)) Reflect.deleteProperty(layer, name);
    for (const { name, value, items } of fields) {
      if (items) (value as unknown[]).splice(0, Number.POSITIVE_INFINITY, ...items);
      Object.assign(layer, { [name]: value });
    }
  };
}

function lastPart(name: string): string {
  return name.split("/").at(-1) as string;
}
