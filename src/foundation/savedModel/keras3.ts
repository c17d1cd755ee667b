// Keras 3 writes layers in a form that tfjs-layers cannot read. Here that form is translated to Keras 2's, which can
// express the same.

import type { JsonObject } from "./modelJson.ts";

/** Functions that have another name in Keras 3. */
const RENAMED: ReadonlyMap<unknown, string> = new Map([["silu", "swish"]]);
const CONTAINERS: ReadonlySet<unknown> = new Set(["Sequential", "Model", "Functional"]);

/** Whether a part of a topology is a model, which contains layers. */
export function isModel(part: unknown): part is JsonObject & { readonly class_name: string } {
  return isObject(part) && CONTAINERS.has(part.class_name);
}

export function isObject(part: unknown): part is JsonObject {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

/** Translates a Keras 3 topology to Keras 2's form; any other topology is returned unchanged. */
export function asKeras2(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(asKeras2);
  if (!isObject(part)) return part;
  const plain = plainObject(part);
  if (plain !== null) return plain;
  const entries = Object.entries(part).map(([key, value]) => [key, asEntry(key, value)] as const);
  const rewritten: JsonObject = Object.fromEntries(entries);
  return isModel(rewritten) ? withOldNodes(rewritten) : withOldConfig(rewritten);
}

/** Replaces a Keras 3 object by its Keras 2 form: a precision's name, a function's name, or the L1L2 regularizer. */
function plainObject({ class_name: kind, config }: JsonObject): unknown {
  if (typeof kind === "string" && kind.endsWith("DTypePolicy") && isObject(config)) return "float32";
  if (kind === "function" && typeof config === "string") return RENAMED.get(config) ?? config;
  if ((kind === "L1" || kind === "L2") && isObject(config))
    return { class_name: "L1L2", config: { l1: config.l1 ?? 0, l2: config.l2 ?? 0 } };
  return null;
}

function asEntry(key: string, value: unknown): unknown {
  if (key.endsWith("activation")) return asKeras2(RENAMED.get(value) ?? value);
  if (key === "input_layers" || key === "output_layers") return asEnds(value);
  return asKeras2(value);
}

/** Wraps a single end, such as `["in", 0, 0]`, in a list: `[["in", 0, 0]]`. */
function asEnds(value: unknown): unknown {
  return Array.isArray(value) && typeof value[0] === "string" ? [value] : value;
}

function withOldConfig(layer: JsonObject): JsonObject {
  const { config } = layer;
  if (!isObject(config)) return layer;
  const { batch_shape: shape, ...rest } = config;
  if (shape === undefined || "batch_input_shape" in config) return layer;
  return { ...layer, config: { ...rest, batch_input_shape: shape } };
}

/** Rewrites the connections of a model's layers in Keras 2's form. */
function withOldNodes(model: JsonObject): JsonObject {
  const config = model.config;
  if (!isObject(config) || !Array.isArray(config.layers)) return model;
  const layers: readonly unknown[] = config.layers;
  if (!layers.some((layer) => isObject(layer) && nodesOf(layer).some(isObject))) return model;
  const wired = layers.map((layer) =>
    isObject(layer) ? { ...layer, inbound_nodes: nodesOf(layer).map(asNode) } : layer,
  );
  const ends = [config.input_layers, config.output_layers].flatMap(asList);
  const shifted = countedFromNought(wired, ends);
  const later = (reference: unknown) => laterNode(reference, shifted);
  return {
    ...model,
    config: {
      ...config,
      layers: wired.map((layer) =>
        isObject(layer)
          ? { ...layer, inbound_nodes: nodesOf(layer).map((node) => asList(node).map(later)) }
          : layer,
      ),
      ...("input_layers" in config && { input_layers: asList(config.input_layers).map(later) }),
      ...("output_layers" in config && { output_layers: asList(config.output_layers).map(later) }),
    },
  };
}

/**
 * Finds the nested models whose calls are counted from 0. Keras 2 and TensorFlow.js count a model's own construction as
 * its call 0, so its first real call is 1.
 */
function countedFromNought(layers: readonly unknown[], ends: readonly unknown[]): ReadonlySet<unknown> {
  const models = new Set(layers.filter(isModel).map((model) => (model as JsonObject).name));
  const references = [...layers.filter(isObject).flatMap((layer) => nodesOf(layer).flatMap(asList)), ...ends];
  return new Set(
    references
      .filter((reference) => Array.isArray(reference) && models.has(reference[0]) && reference[1] === 0)
      .map((reference) => (reference as readonly unknown[])[0]),
  );
}

function laterNode(reference: unknown, shifted: ReadonlySet<unknown>): unknown {
  if (!Array.isArray(reference) || !shifted.has(reference[0])) return reference;
  const [name, node, ...rest] = reference as readonly unknown[];
  return [name, (node as number) + 1, ...rest];
}

/** Translates one call of a layer to the list of its input tensors. Other arguments have their default values. */
function asNode(node: unknown): unknown {
  if (!isObject(node)) return node;
  return tensorsIn(node.args).map(({ keras_history: history }) => [...asList(history), {}]);
}

function tensorsIn(part: unknown): JsonObject[] {
  if (Array.isArray(part)) return part.flatMap(tensorsIn);
  return isObject(part) && isObject(part.config) && "keras_history" in part.config ? [part.config] : [];
}

function nodesOf(layer: JsonObject): readonly unknown[] {
  return asList(layer.inbound_nodes);
}

function asList(part: unknown): readonly unknown[] {
  return Array.isArray(part) ? part : [];
}
