import { z } from "zod";
import { numberBelow, oneOf, realNumber, wholeNumber } from "../../foundation/input/rules.ts";

export const activations = ["relu", "leakyRelu", "elu", "tanh", "sigmoid", "linear"] as const;
export const outputActivations = [...activations, "softplus", "softmax"] as const;
export const kernelInitializers = [
  "glorotUniform",
  "glorotNormal",
  "heUniform",
  "heNormal",
  "randomNormal",
  "randomUniform",
  "zeros",
  "constant",
] as const;

export type Activation = (typeof activations)[number];
export type OutputActivation = (typeof outputActivations)[number];
export type KernelInitializer = (typeof kernelInitializers)[number];

const yesOrNo = z.boolean({ error: "must be true or false" });

/** The fields that all built-in networks share. */
export const networkFields = {
  outputActivation: oneOf(outputActivations).default("linear"),
  /**
   * The initializer of every kernel. `constant` sets each weight to 1 / fan-in. As in Keras, `randomNormal` has a
   * standard deviation of 0.05 and `randomUniform` lies within ±0.05.
   */
  kernelInitializer: oneOf(kernelInitializers).default("glorotUniform"),
  useBias: yesOrNo.default(true),
  /** Batch normalisation between each convolution (or, without any, each hidden layer) and its activation. */
  batchNorm: yesOrNo.default(false),
  /** Fraction of the units dropped after each hidden dense layer while training. */
  dropout: numberBelow(0, 1).default(0),
  /** Coefficient of the sum of squared kernel weights added to the loss. */
  l2: realNumber(0, 1e6).default(0),
};

/** Units of one dense layer. */
export const layerUnits: z.ZodNumber = wholeNumber(1, 8192);
