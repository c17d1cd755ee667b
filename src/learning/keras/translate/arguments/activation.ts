import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { Argument, Place } from "./argument.ts";

/** Keras's activation functions, and the names under which TensorFlow.js computes the same. */
const NAMES: Readonly<Record<string, string>> = {
  linear: "linear",
  relu: "relu",
  relu6: "relu6",
  sigmoid: "sigmoid",
  tanh: "tanh",
  softmax: "softmax",
  log_softmax: "log_softmax",
  softplus: "softplus",
  softsign: "softsign",
  elu: "elu",
  selu: "selu",
  swish: "swish",
  silu: "swish",
  mish: "mish",
  gelu: "gelu",
  exponential: "exponential",
  leaky_relu: "leaky_relu",
  hard_swish: "hard_swish",
  hard_silu: "hard_swish",
  hard_tanh: "hard_tanh",
  celu: "celu",
  log_sigmoid: "log_sigmoid",
  tanh_shrink: "tanh_shrink",
  soft_shrink: "soft_shrink",
  hard_shrink: "hard_shrink",
  squareplus: "squareplus",
};

/** Functions of TensorFlow that programs give as activations, by the names that Keras writes for them. */
const OF_TENSORFLOW: Readonly<Record<string, string>> = {
  softmax_v2: "softmax",
  log_softmax_v2: "log_softmax",
  identity: "linear",
};

/** The activation functions that are covered, by Keras's names. */
export const activationNames: readonly string[] = [...Object.keys(NAMES), "hard_sigmoid"];

/** An activation function, by its name. */
export const activation: Argument = {
  covers: "every function of keras.activations that is listed under Activations",
  translate(value, place) {
    if (value === null || value === undefined) return "linear";
    const name = activationName(value, place);
    if (name !== null) return name;
    refuse(value, place);
    return "linear";
  },
};

/** Returns TensorFlow.js's name of an activation function; null where there is none. */
export function activationName(value: unknown, { generation }: Pick<Place, "generation">): string | null {
  if (typeof value !== "string") return null;
  // Keras 3 divides by 6 where Keras 1 and 2 multiply by 0.2.
  if (value === "hard_sigmoid") return generation === 3 ? "hard_sigmoid_sixth" : "hard_sigmoid";
  if (Object.hasOwn(OF_TENSORFLOW, value)) return OF_TENSORFLOW[value] as string;
  return Object.hasOwn(NAMES, value) ? (NAMES[value] as string) : null;
}

function refuse(value: unknown, { findings, layer, argument }: Place): void {
  const name = isObject(value) ? (value.class_name ?? "an object") : value;
  const isCode = name === "__lambda__" || name === "function";
  findings.refuse(
    layer,
    argument,
    isCode
      ? "is a Python function of its own, which no config holds; take one of keras.activations"
      : `${String(name)} has no counterpart; take one of ${activationNames.slice(0, 12).join(", ")} and the like`,
  );
}
