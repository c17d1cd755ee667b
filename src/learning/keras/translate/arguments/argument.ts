// How one argument of a Keras layer is translated. The table of layers is made of these, and the documentation is
// generated from it.

import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { Generation } from "../capturedProgram.ts";
import type { Findings } from "../findings.ts";

/** Where an argument stands, for messages. */
export interface Place {
  /** The layer's name. */
  readonly layer: string;
  readonly argument: string;
  readonly generation: Generation;
  readonly findings: Findings;
  /** Whether the captured program holds the weights, so that no initializer has to draw them. */
  readonly hasWeights: boolean;
  /** Translates a layer that another one contains; null where it has no counterpart, which `findings` then says. */
  translateWrapped(layer: unknown): JsonObject | null;
}

/** How one argument is translated. */
export interface Argument {
  /** For the documentation: which values are covered, in a few words. */
  readonly covers: string;
  /** Name of the argument in TensorFlow.js. @defaultValue Keras's name */
  readonly as?: string;
  /** @returns the value for TensorFlow.js; undefined leaves the argument out. */
  translate(value: unknown, place: Place): unknown;
}

/** An argument that means the same in TensorFlow.js. */
export const kept: Argument = { covers: "all", translate: (value) => value ?? undefined };

/** An argument that changes nothing that is learnt. */
export const unused: Argument = { covers: "all", translate: () => undefined };

/** A number, which older versions of Keras write as an array of one. */
export const number: Argument = {
  covers: "all",
  translate(value, { findings, layer, argument }) {
    const found = numberIn(value);
    if (found === null && value !== null && value !== undefined)
      findings.refuse(layer, argument, "must be a number; capture the model again");
    return found ?? undefined;
  },
};

/** One axis, which Keras may write as a list of one. */
export const oneAxis: Argument = { ...number, covers: "one axis" };

/** Finds the number in a number, an array of one, or the object that stands for one in a config. */
export function numberIn(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.length === 1 ? numberIn(value[0]) : null;
  if (!isObject(value)) return null;
  const { value: inner, config } = value;
  return numberIn(inner ?? (isObject(config) ? config.value : undefined));
}

/** An argument under another name in TensorFlow.js. */
export function keptAs(name: string, rule: Argument = kept): Argument {
  return { ...rule, as: name };
}

/** An argument that has a counterpart for some values only. */
export function only(values: readonly unknown[], remedy: string): Argument {
  return {
    covers: values.map((value) => (value === null ? "None" : JSON.stringify(value))).join(", "),
    translate(value, { findings, layer, argument }) {
      if (values.some((one) => JSON.stringify(one) === JSON.stringify(value))) return value ?? undefined;
      findings.refuse(layer, argument, `is ${JSON.stringify(value)}, which has no counterpart; ${remedy}`);
      return undefined;
    },
  };
}

/** An argument whose values change nothing where they are one of these, and that has no counterpart otherwise. */
export function unusedIf(values: readonly unknown[], remedy: string): Argument {
  const checked = only(values, remedy);
  return {
    ...checked,
    translate(value, place) {
      checked.translate(value, place);
      return undefined;
    },
  };
}
