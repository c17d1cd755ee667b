// Finds the initializer of each weight of a layer. Only building reliably shows which initializer makes which weight.
// So the layer is built once more, and gets its existing weights back.

import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { allLayers, isModel, type Layer, partsOf } from "./layerTree.ts";

/** An initializer of weights; a custom one may lack these methods. */
interface Initializer {
  getClassName?(): string;
  getConfig?(): Readonly<Record<string, unknown>>;
  apply(shape: number[], dtype: string): Tensor;
}

/** A weight and the initializer that recreates it. */
export interface WeightOrigin {
  readonly weight: Layer["weights"][number];
  /** The last part of the weight's name, such as `kernel`. */
  readonly name: string;
  readonly initializer: Initializer;
}

/** Finds the origins of all weights, by the layer or the part of a layer that made them. */
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

/** Lists a layer and its parts at every depth. */
function partsWithin(layer: Layer): Layer[] {
  return [
    layer,
    ...partsOf(layer)
      .filter((part) => !isModel(part))
      .flatMap(partsWithin),
  ];
}

/** Gives a layer its own weights while it is built again; the result restores the layer. */
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
  // Some layers create a weight only if they hold none. A layer marked as built would not build its parts, and a
  // stateful one would free its states.
  const held = Object.entries(layer).filter(([, value]) => own.includes(value));
  Object.assign(layer, Object.fromEntries(held.map(([name]) => [name, null])));
  Object.assign(layer, { built: false, _stateful: false, addWeight });
  return () => {
    restore();
    if (found.length > 0) origins.set(layer, found);
  };
}

/** Returns the weights that a layer made itself, without those of its parts. */
export function ownWeights(layer: Layer): Layer["weights"] {
  const { _trainableWeights = [], _nonTrainableWeights = [] } = layer as unknown as Record<
    string,
    Layer["weights"] | undefined
  >;
  return [..._trainableWeights, ..._nonTrainableWeights];
}

/** Copies a layer's fields, including the contents of lists; the result restores them. */
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
