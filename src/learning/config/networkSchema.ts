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
  outputActivation: oneOf(outputActivations).default("linear").describe("Activation of the output."),
  kernelInitializer: oneOf(kernelInitializers)
    .default("glorotUniform")
    .describe(
      "The initializer of every kernel. `constant` sets each weight to 1 / fan-in. As in Keras, `randomNormal` has a standard deviation of 0.05 and `randomUniform` lies within ±0.05.",
    ),
  useBias: yesOrNo.default(true).describe("Whether layers have a bias."),
  batchNorm: yesOrNo
    .default(false)
    .describe(
      "Batch normalisation between each convolution (or, without any, each hidden layer) and its activation.",
    ),
  dropout: numberBelow(0, 1)
    .default(0)
    .describe("Fraction of the units dropped after each hidden dense layer while training."),
  l2: realNumber(0, 1e6)
    .default(0)
    .describe("Coefficient of the sum of squared kernel weights added to the loss."),
};

/** Units of one dense layer. */
export const layerUnits: z.ZodNumber = wholeNumber(1, 8192).describe("Units of one dense layer.");
