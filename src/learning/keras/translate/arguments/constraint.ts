import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { Argument } from "./argument.ts";

/** Keras's constraints of all generations; of `m` Keras 1 made `max_value` later. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  MaxNorm: ["max_value", "axis"],
  NonNeg: [],
  UnitNorm: ["axis"],
  MinMaxNorm: ["min_value", "max_value", "rate", "axis"],
};
const ALIASES: Readonly<Record<string, string>> = {
  maxnorm: "MaxNorm",
  max_norm: "MaxNorm",
  nonneg: "NonNeg",
  non_neg: "NonNeg",
  unitnorm: "UnitNorm",
  unit_norm: "UnitNorm",
  minmaxnorm: "MinMaxNorm",
  min_max_norm: "MinMaxNorm",
};

/** A rule that weights keep after every update. */
export const constraint: Argument = {
  covers: Object.keys(CLASSES).join(", "),
  translate(value, { findings, layer, argument }) {
    if (value === null || value === undefined) return undefined;
    const kind = isObject(value) ? String(value.class_name ?? value.name) : String(value);
    const name = ALIASES[kind.toLowerCase()] ?? kind;
    const fields = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
    if (fields === undefined) {
      findings.refuse(
        layer,
        argument,
        `${kind} has no counterpart; take one of ${Object.keys(CLASSES).join(", ")}`,
      );
      return undefined;
    }
    const config = isObject(value) ? (isObject(value.config) ? value.config : value) : {};
    return { class_name: name, config: fieldsOf(config, fields) };
  },
};

function fieldsOf(config: JsonObject, fields: readonly string[]): JsonObject {
  const all: JsonObject = "m" in config ? { ...config, max_value: config.m } : config;
  return Object.fromEntries(fields.filter((name) => name in all).map((name) => [name, all[name]]));
}
