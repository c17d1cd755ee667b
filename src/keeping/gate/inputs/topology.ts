import type { LayersModel } from "@tensorflow/tfjs-layers";

/** Names that TensorFlow.js makes up end in a number that counts all layers and models of a process. */
const MADE_UP = /^(?:[a-z0-9_]+_[A-Z]\w*?|sequential_|model|input|functional)\d+$/;

/**
 * The layers of a model and how they hang together, as JSON. Names that TensorFlow.js made up are numbered anew, in the
 * order in which they occur, so that a model built again has the same; where a layer of somebody else's code cannot be
 * written down, that is all it says.
 */
export function describeTopology(model: LayersModel): string {
  const numbers = new Map<string, string>();
  const rename = (_key: string, value: unknown) => {
    if (typeof value !== "string" || !MADE_UP.test(value)) return value;
    const name = numbers.get(value) ?? `${value.replace(/\d+$/, "")}#${numbers.size}`;
    numbers.set(value, name);
    return name;
  };
  try {
    return JSON.stringify(model.toJSON(null, false), rename);
  } catch {
    return "a model that cannot be written down";
  }
}
