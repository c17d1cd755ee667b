import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import type { Argument, Place } from "./argument.ts";

/** The arguments of an initializer that TensorFlow.js knows too; a seed is left to the run. */
const FIELDS: readonly string[] = ["value", "mean", "stddev", "minval", "maxval", "scale", "mode", "gain"];
/** The arguments that TensorFlow.js takes as one number alone, where Keras takes an array or a tensor as well. */
const NUMBERS: readonly string[] = FIELDS.filter((name) => name !== "mode");

/** Initializers by Keras's class names of all generations, without underscores and in lower case. */
const CLASSES: Readonly<Record<string, string>> = {
  zeros: "Zeros",
  zero: "Zeros",
  ones: "Ones",
  one: "Ones",
  constant: "Constant",
  randomnormal: "RandomNormal",
  normal: "RandomNormal",
  randomuniform: "RandomUniform",
  uniform: "RandomUniform",
  truncatednormal: "TruncatedNormal",
  variancescaling: "VarianceScaling",
  glorotuniform: "GlorotUniform",
  glorotnormal: "GlorotNormal",
  henormal: "HeNormal",
  heuniform: "HeUniform",
  lecunnormal: "LeCunNormal",
  lecununiform: "LeCunUniform",
  identity: "Identity",
  orthogonal: "Orthogonal",
};

/** How weights are drawn. */
export const initializer: Argument = {
  covers:
    "Zeros, Ones, Constant of one number, RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling, Glorot, He, Lecun, Identity, Orthogonal; of others the captured numbers",
  translate(value, place) {
    if (value === null || value === undefined) return undefined;
    const { kind, config } = partsOf(value);
    const found =
      CLASSES[
        kind
          .replace(/^initializers?\./i, "")
          .replace(/initializer$|v2$/i, "")
          .replace(/_/g, "")
          .toLowerCase()
      ];
    if (found === undefined) return withoutCounterpart(kind, place);
    const table = NUMBERS.find((name) => typeof config[name] === "object" && config[name] !== null);
    if (table !== undefined) return withoutCounterpart(`${kind} whose ${table} is an array`, place);
    return { class_name: found, config: fieldsOf(config) };
  },
};

function partsOf(value: unknown): { readonly kind: string; readonly config: JsonObject } {
  if (!isObject(value)) return { kind: String(value), config: {} };
  return { kind: String(value.class_name), config: isObject(value.config) ? value.config : {} };
}

function fieldsOf(config: JsonObject): JsonObject {
  const known = Object.fromEntries(
    FIELDS.filter((name) => name in config).map((name) => [name, config[name]]),
  );
  const { distribution } = config;
  if (distribution === undefined) return known;
  return { ...known, distribution: distribution === "untruncated_normal" ? "normal" : distribution };
}

function withoutCounterpart(kind: string, { findings, layer, argument, hasWeights }: Place): unknown {
  if (hasWeights)
    findings.note(
      layer,
      argument,
      `${layer}: ${argument} ${kind} has no counterpart; the run starts from the numbers that it gave in Keras`,
    );
  else
    findings.refuse(
      layer,
      argument,
      `${kind} has no counterpart; take one of keras.initializers, or capture the program with its weights`,
    );
  return { class_name: "GlorotUniform", config: {} };
}
