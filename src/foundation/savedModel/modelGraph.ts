// Checks how the layers of a topology are connected before TensorFlow.js builds them. TensorFlow.js retries a layer
// until its inputs exist, so a cycle would make it run forever.

import { isModel, isObject } from "./keras3.ts";
import type { JsonObject } from "./modelJson.ts";
import { refuseModel } from "./refusal.ts";

/**
 * The largest number of layers, where each use of a layer counts. The largest published image models have some 1,000.
 */
const MOST_LAYERS = 1_500;
/** The largest number of units or filters of one layer. */
const MOST_UNITS = 100_000;
const SAVE_AGAIN = "save the model again";

interface Layer extends JsonObject {
  readonly class_name: string;
  readonly config: JsonObject;
}

/** Checks a topology. @throws {InputError} if TensorFlow.js could not build it, or would never finish. */
export function checkTopology(topology: JsonObject): void {
  const model = modelOf(topology);
  const layers = layersWithin(model);
  refuseTooMany(layers.length);
  for (const layer of layers) checkSizes(layer);
}

function refuseTooMany(layers: number): void {
  if (layers > MOST_LAYERS)
    throw refuseModel(
      `must have at most ${MOST_LAYERS} layers, each use of one counted; train a smaller part of it`,
      `${layers} layers`,
    );
}

/** Returns the model's part of a topology, without training options beside it. */
export function modelOf(topology: JsonObject): JsonObject {
  return isObject(topology.model_config) ? topology.model_config : topology;
}

/** Lists every layer of a model, including nested models and their layers. */
function layersWithin(model: unknown): readonly Layer[] {
  const parts = layersOf(model);
  refuseTooMany(parts.length);
  refuseTwice(parts.map(({ config }) => config.name));
  if (isModel(model) && model.class_name !== "Sequential") checkNodes(model, parts);
  return parts.flatMap((layer) => {
    const wrapped = layer.config.layer;
    return [
      layer,
      ...(isModel(layer) ? layersWithin(layer) : []),
      ...(isModel(wrapped) ? layersWithin(wrapped) : []),
    ];
  });
}

function refuseTwice(names: readonly unknown[]): void {
  const seen = new Set<unknown>();
  for (const name of names) {
    if (name !== undefined && seen.has(name))
      throw refuseModel(`must give each layer its own name; ${SAVE_AGAIN}`, name);
    seen.add(name);
  }
}

function layersOf(model: unknown): readonly Layer[] {
  const { class_name: kind, config } = isObject(model) ? model : ({} as JsonObject);
  if (typeof kind !== "string" || typeof config !== "object" || config === null)
    throw refuseModel(`must have a class_name and a config in its topology; ${SAVE_AGAIN}`, kind);
  const layers = Array.isArray(config) ? config : (config as JsonObject).layers;
  if (!Array.isArray(layers) || layers.length === 0)
    throw refuseModel(`must have a list of layers in its topology; ${SAVE_AGAIN}`, layers);
  const bad = layers.findIndex((layer) => !isLayer(layer));
  if (bad >= 0)
    throw refuseModel(
      `must have a class_name and a config in each layer, and layer ${bad} (from 0) has not; ${SAVE_AGAIN}`,
      layers[bad],
    );
  return layers as Layer[];
}

function isLayer(layer: unknown): layer is Layer {
  if (!isObject(layer) || typeof layer.class_name !== "string") return false;
  // An old Sequential's config is the list of its layers.
  return isObject(layer.config) || (layer.class_name === "Sequential" && Array.isArray(layer.config));
}

function checkSizes({ config }: Layer): void {
  for (const key of ["units", "filters"]) {
    const size = config[key];
    if (size === undefined) continue;
    if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > MOST_UNITS)
      throw refuseModel(
        `must have from 1 to ${MOST_UNITS} ${key} in each layer, and ${config.name} has not; correct it and save the model again`,
        size,
      );
  }
  const shape = config.batch_input_shape;
  const sides = (of: readonly unknown[]) =>
    of.every((side) => side === null || (Number.isInteger(side) && (side as number) >= 1));
  if (shape !== undefined && shape !== null && !(Array.isArray(shape) && sides(shape)))
    throw refuseModel(
      `must have a list of whole numbers and nulls as the input shape of ${config.name}; ${SAVE_AGAIN}`,
      shape,
    );
}

/** One use of a layer's output as an input: the layer's name, the index of its call, and the index of the output. */
type Reference = readonly [name: string, node: number, tensor: number, ...rest: unknown[]];

/** Follows TensorFlow.js's procedure: a call is made once the calls that it depends on were made. */
function checkNodes({ config }: JsonObject, layers: readonly Layer[]): void {
  const made = new Map<unknown, number>();
  let waiting: { readonly layer: string; readonly inputs: readonly Reference[] }[] = [];
  for (const layer of layers) {
    const { name } = layer;
    if (typeof name !== "string" || made.has(name))
      throw refuseModel(`must give each layer its own name; ${SAVE_AGAIN}`, name);
    // An input layer needs no call, and a model's own construction counts as its first call.
    made.set(name, layer.class_name === "InputLayer" || isModel(layer) ? 1 : 0);
    if (!Array.isArray(layer.inbound_nodes))
      throw refuseModel(`must list the inputs of each layer, and ${name} does not; ${SAVE_AGAIN}`, undefined);
    for (const node of layer.inbound_nodes)
      if (!isEmpty(node)) waiting.push({ layer: name, inputs: checkReferences(node, name) });
  }
  refuseTooMany(waiting.length);
  const isThere = ([name, node]: Reference) => (made.get(name) ?? 0) > node;
  while (waiting.length > 0) {
    const ready = new Set(waiting.filter(({ inputs }) => inputs.every(isThere)));
    if (ready.size === 0) throw unreachable(waiting[0] as (typeof waiting)[number], made);
    for (const { layer } of ready) made.set(layer, (made.get(layer) as number) + 1);
    waiting = waiting.filter((call) => !ready.has(call));
  }
  const { input_layers: inputs, output_layers: outputs } = config as JsonObject;
  for (const ends of [inputs, outputs])
    if (!checkReferences(ends, "the model").every(isThere))
      throw refuseModel(`must have inputs and outputs that are layers of its own; ${SAVE_AGAIN}`, ends);
}

function isEmpty(node: unknown): boolean {
  return Array.isArray(node) && node.length === 0;
}

function checkReferences(node: unknown, of: string): readonly Reference[] {
  const isReference = (part: unknown): part is Reference =>
    Array.isArray(part) &&
    typeof part[0] === "string" &&
    part.slice(1, 3).length === 2 &&
    part.slice(1, 3).every((index) => Number.isInteger(index) && index >= 0);
  if (Array.isArray(node) && node.length > 0 && node.every(isReference)) return node;
  throw refuseModel(
    `must list each input as a layer's name and two whole numbers, and ${of} does not; ${SAVE_AGAIN}`,
    node,
  );
}

function unreachable(
  { layer, inputs }: { readonly layer: string; readonly inputs: readonly Reference[] },
  made: ReadonlyMap<unknown, number>,
) {
  const none = inputs.find(([name]) => !made.has(name));
  return refuseModel(
    none
      ? `must take the input of each layer from a layer that is there; ${layer} takes it from one that is not`
      : `must have no circle among its layers, and ${layer} waits for its own output; correct it and save the model again`,
    none ? none[0] : layer,
  );
}
