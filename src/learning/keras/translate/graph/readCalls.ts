// Reads how a layer is called. Keras 1 and 2 list `[layer, node, tensor, arguments]` for each input; Keras 3 writes the
// arguments of the call with tensors among them.

import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { Call, CallArgument, TensorRef } from "./graph.ts";

/** Reads all calls of a layer. A call without inputs, which an input layer has, is left out. */
export function readCalls(nodes: unknown): Call[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node): Call[] => {
    if (isObject(node)) return [readNewCall(node)];
    const inputs = asInputs(node);
    return inputs.length === 0 ? [] : [readOldCall(inputs)];
  });
}

function readNewCall({ args, kwargs }: JsonObject): Call {
  return {
    positional: (Array.isArray(args) ? args : []).map(readNewArgument),
    named: isObject(kwargs) ? mapValues(kwargs, readNewArgument) : {},
  };
}

function readNewArgument(part: unknown): CallArgument {
  if (Array.isArray(part)) return { list: part.map(readNewArgument) };
  const history = isObject(part) && isObject(part.config) ? asRef(part.config.keras_history) : null;
  return history ? { tensor: history } : { constant: part };
}

/** Wraps a single input, as Keras 2 may write it, in a list. */
function asInputs(node: unknown): readonly unknown[] {
  if (isObject(node)) return Object.values(node);
  if (!Array.isArray(node)) return [];
  return typeof node[0] === "string" ? [node] : node;
}

function readOldCall(inputs: readonly unknown[]): Call {
  const tensors = inputs.map((input): CallArgument => {
    const ref = asRef(input);
    return ref ? { tensor: ref } : readConstant(input);
  });
  // Every input repeats the arguments of the whole call.
  const named = inputs
    .map((input) => (Array.isArray(input) ? (input[3] as unknown) : undefined))
    .find((given) => isObject(given) && Object.keys(given).length > 0);
  return {
    positional: tensors.length === 1 ? tensors : [{ list: tensors }],
    named: isObject(named) ? mapValues(named, readOldArgument) : {},
  };
}

/** Keras 2 writes a constant among the inputs as `["_CONSTANT_VALUE", -1, value, …]`. */
function readConstant(part: unknown): CallArgument {
  return { constant: Array.isArray(part) && part[0] === "_CONSTANT_VALUE" ? part[2] : part };
}

function readOldArgument(part: unknown): CallArgument {
  const ref = asRef(part);
  if (ref) return { tensor: ref };
  if (Array.isArray(part) && part[0] === "_CONSTANT_VALUE") return { constant: part[2] };
  const isList = Array.isArray(part) && part.some((one) => asRef(one) !== null);
  return isList ? { list: (part as unknown[]).map(readOldArgument) } : { constant: part };
}

/** Reads `[layer, node, tensor]`; null for anything else. */
export function asRef(part: unknown): TensorRef | null {
  if (!Array.isArray(part)) return null;
  const [layer, node, tensor] = part as readonly unknown[];
  const isIndex = (index: unknown): index is number => Number.isInteger(index) && (index as number) >= 0;
  return typeof layer === "string" && isIndex(node) && isIndex(tensor) ? { layer, node, tensor } : null;
}

function mapValues<From, To>(of: Readonly<Record<string, From>>, change: (value: From) => To) {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
}
