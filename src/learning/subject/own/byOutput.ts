import { InputError } from "../../../foundation/input/inputError.ts";
import type { Part } from "../parts.ts";

/** Something for each output of a model: a list in the model's order, or an object by the outputs' names. */
export type ByOutput<Value> = readonly Value[] | { readonly [output: string]: Value };

/**
 * Puts values in the order of the model's outputs.
 *
 * @returns null for an output that an object does not name.
 * @throws {InputError} if a list has another length than there are outputs, or an object names an output that the model
 * lacks.
 */
export function byOutput<Value>(
  written: ByOutput<Value>,
  outputs: readonly Pick<Part, "name">[],
  field: string,
): (Value | null)[] {
  const names = outputs.map(({ name }) => name);
  if (Array.isArray(written)) {
    const list = written as readonly Value[];
    if (list.length === outputs.length) return [...list];
    throw new InputError({
      code: "conflict",
      field,
      message: `must be one for each output of the model, which has ${outputs.length} (${names.join(", ")}); correct it`,
      got: `${list.length}`,
    });
  }
  const named = written as { readonly [output: string]: Value };
  for (const name of Object.keys(named)) {
    if (!names.includes(name))
      throw new InputError({
        code: "unknown-key",
        field: `${field}.${name}`,
        message: `is no output of the model, whose outputs are ${names.join(", ")}; correct the name, or give the layer that name`,
        got: name,
      });
  }
  return names.map((name) => named[name] ?? null);
}
