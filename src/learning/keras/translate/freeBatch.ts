import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { KerasObject } from "./capturedProgram.ts";

/** The shapes in a config that hold the number of examples in a batch. */
const SHAPES: ReadonlySet<string> = new Set(["batch_shape", "batch_input_shape", "build_input_shape"]);
/** Operations of the script's own, which may have been written for batches of one size. */
const OWN_OPERATIONS = /"traced":|"class_name":"Traced/;

/**
 * Keras 3 writes the size of the first batch that it sees into the input of a Sequential that was made without an input
 * shape. Read as it stands, every pass would be made in batches of that size, down to one example, and each batch
 * normalisation would see no more than those. No layer that learnproof translates needs the size, but operations of the
 * script's own may need one above 1.
 */
export function freeBatch(model: KerasObject): KerasObject {
  return freed(model) as KerasObject;
}

/** Frees each Sequential, wherever it stands in a model. */
function freed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(freed);
  if (!isObject(part)) return part;
  if (part.class_name !== "Sequential")
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, freed(value)]));
  const isOwn = OWN_OPERATIONS.test(JSON.stringify(part));
  return without(part, isOwn ? 1 : Number.POSITIVE_INFINITY);
}

/** @param most the largest size of a batch that is left out */
function without(part: unknown, most: number): unknown {
  if (Array.isArray(part)) return part.map((inner) => without(inner, most));
  if (!isObject(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (!SHAPES.has(key) || !Array.isArray(value)) return [key, without(value, most)];
      const [size, ...sides] = value;
      return [key, typeof size === "number" && size <= most ? [null, ...sides] : value];
    }),
  );
}
