// Reads a model that Keras 1 saved, of 2015 to 2017, whose arguments have other names.

import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../foundation/savedModel/modelJson.ts";
import type { KerasObject } from "./capturedProgram.ts";

/** Names of Keras 1, and what they are called since. */
const RENAMED: Readonly<Record<string, string>> = {
  output_dim: "units",
  init: "kernel_initializer",
  inner_init: "recurrent_initializer",
  inner_activation: "recurrent_activation",
  W_regularizer: "kernel_regularizer",
  U_regularizer: "recurrent_regularizer",
  b_regularizer: "bias_regularizer",
  W_constraint: "kernel_constraint",
  U_constraint: "recurrent_constraint",
  b_constraint: "bias_constraint",
  bias: "use_bias",
  dropout_W: "dropout",
  dropout_U: "recurrent_dropout",
  nb_filter: "filters",
  filter_length: "kernel_size",
  border_mode: "padding",
  subsample: "strides",
  subsample_length: "strides",
  stride: "strides",
  pool_length: "pool_size",
  atrous_rate: "dilation_rate",
  dim_ordering: "data_format",
  p: "rate",
  sigma: "stddev",
  beta_init: "beta_initializer",
  gamma_init: "gamma_initializer",
};

/** Arguments that mean something else in one class. */
const OF_CLASS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Embedding: {
    output_dim: "output_dim",
    init: "embeddings_initializer",
    W_regularizer: "embeddings_regularizer",
    W_constraint: "embeddings_constraint",
  },
};

/** Arguments that change nothing that is learnt, or that say again what the shape of the input says. */
const DROPPED: ReadonlySet<string> = new Set([
  "consume_less",
  "forget_bias_init",
  "input_dtype",
  "input_length",
  "weights",
]);

const CLASSES: Readonly<Record<string, string>> = {
  Convolution1D: "Conv1D",
  Convolution2D: "Conv2D",
  Convolution3D: "Conv3D",
  AtrousConvolution1D: "Conv1D",
  AtrousConvolution2D: "Conv2D",
  SeparableConvolution2D: "SeparableConv2D",
  TimeDistributedDense: "Dense",
};

const DATA_FORMATS: Readonly<Record<string, string | null>> = {
  th: "channels_first",
  tf: "channels_last",
  default: null,
};

/** Gives the layers of a model the names of classes and arguments that Keras has had since 2017. */
export function fromKeras1(model: KerasObject): KerasObject {
  return renamed(model) as KerasObject;
}

function renamed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(renamed);
  if (!isObject(part)) return part;
  const { class_name: kind, config } = part;
  if (typeof kind !== "string" || config === undefined)
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, renamed(value)]));
  const inner = isLayerList(config) ? renamed(config) : isObject(config) ? ofLayer(kind, config) : config;
  return { ...part, class_name: CLASSES[kind] ?? kind, config: inner };
}

/** A model has its layers in its config, and a Sequential of Keras 1 has no more than these. */
function isLayerList(config: unknown): boolean {
  return Array.isArray(config) || (isObject(config) && Array.isArray(config.layers));
}

function ofLayer(kind: string, config: JsonObject): JsonObject {
  const names = { ...RENAMED, ...OF_CLASS[kind] };
  const { nb_row: rows, nb_col: columns, kernel_dim1: depth, ...given } = config;
  const [height, width] = [rows ?? config.kernel_dim2, columns ?? config.kernel_dim3];
  const kernel = [depth, height, width].filter((side) => side !== undefined);
  const entries = Object.entries(given)
    .filter(([key, value]) => !DROPPED.has(key) && !/^kernel_dim\d$/.test(key) && !isOff(kind, key, value))
    .map(([key, value]) => [names[key] ?? key, asSince(key, value)] as const);
  return { ...Object.fromEntries(entries), ...(kernel.length > 0 && { kernel_size: kernel }) };
}

/** Whether an argument says nothing: what the shape of the input says too, and what is switched off. */
function isOff(kind: string, key: string, value: unknown): boolean {
  if (kind === "Embedding") return key === "dropout" && !value;
  return key === "input_dim" || (key === "mode" && value === 0);
}

function asSince(key: string, value: unknown): unknown {
  if (key === "dim_ordering") return DATA_FORMATS[String(value)] ?? null;
  if (key === "border_mode" && value === "full") return "same";
  // The name of Keras 1 of a regularizer is that of a class with l1 and l2.
  if (isObject(value) && typeof value.name === "string" && value.class_name === undefined) {
    const { name, ...config } = value;
    return { class_name: /regularizer/i.test(name) ? "L1L2" : name, config };
  }
  return renamed(value);
}
