import { z } from "zod";
import { numberAbove, numberBelow, oneOf, range, realNumber, wholeNumber } from "./numbers.ts";

/** Seeds start at 1 (a falsy seed is no seed to TensorFlow.js) and fit a signed 32-bit integer. */
export const LARGEST_SEED = 2_147_483_647;

const MOST_EXAMPLES = 1_000_000;
const MOST_STEPS = 10_000_000;

export const activations = ["relu", "leakyRelu", "elu", "tanh", "sigmoid", "linear"] as const;
export const outputActivations = [...activations, "softplus", "softmax"] as const;
export const kernelInitializers = [
  "glorotUniform",
  "glorotNormal",
  "heUniform",
  "heNormal",
  "zeros",
  "constant",
] as const;

export type Activation = (typeof activations)[number];
export type OutputActivation = (typeof outputActivations)[number];
export type KernelInitializer = (typeof kernelInitializers)[number];

const model = z.strictObject({
  /** Side of the square picture, in pixels. */
  imageSize: wholeNumber(4, 256).default(32),
  /** 1 (grey) or 3 (red, green, blue). */
  channels: z.union([z.literal(1), z.literal(3)], { error: "must be 1 (grey) or 3 (colour)" }).default(3),
  /** Filters of each convolution, first to last. */
  filters: z
    .array(wholeNumber(1, 1024), { error: "must be a list of whole numbers" })
    .min(1, "must name at least one convolution")
    .max(8, "must name at most eight convolutions")
    .default([32, 64, 128]),
  kernelSize: wholeNumber(1, 31).default(5),
  strides: wholeNumber(1, 8).default(2),
  padding: oneOf(["same", "valid"]).default("same"),
  /** Units of each hidden dense layer between the convolutions and the output; may be empty. */
  hiddenUnits: z
    .array(wholeNumber(1, 8192), { error: "must be a list of whole numbers" })
    .max(8, "must name at most eight layers")
    .default([100]),
  /** After every convolution and hidden dense layer; `leakyRelu` has slope 0.1. */
  activation: oneOf(activations).default("relu"),
  outputActivation: oneOf(outputActivations).default("linear"),
  /** Of every kernel; `constant` sets each weight to 1 / fan-in. */
  kernelInitializer: oneOf(kernelInitializers).default("glorotUniform"),
  useBias: z.boolean({ error: "must be true or false" }).default(true),
  /** Batch normalisation between each convolution and its activation. */
  batchNorm: z.boolean({ error: "must be true or false" }).default(false),
  /** Fraction of the units dropped after each hidden dense layer while training. */
  dropout: numberBelow(0, 1).default(0),
  /** Coefficient of the sum of squared kernel weights added to the loss. */
  l2: realNumber(0, 1e6).default(0),
});

const data = z.strictObject({
  examples: wholeNumber(1, MOST_EXAMPLES).default(100),
  heldOut: wholeNumber(0, MOST_EXAMPLES).default(100),
  /** Side of the box, in pixels; smaller than the picture. */
  boxSize: wholeNumber(1, 255).default(8),
  /** Amplitude of the uniform noise on the background, 0 for none. */
  noise: realNumber(0, 1).default(0),
  /** `plain`: a black ground under a bright box. `contrast`: a grey ground, the box lighter or darker. */
  background: oneOf(["plain", "contrast"]).default("plain"),
  /** The interval that brightness 0 to 1 is mapped to. */
  inputRange: range.default([0, 1]),
  /** The interval that a centre from 0 to 1 (a fraction of the picture's side) is mapped to. */
  targetRange: range.default([-1, 1]),
});

const lossNames = ["mse", "mae", "huber", "msle", "mse+msle"] as const;
const epsilon = numberAbove(0, 1e3).default(1e-9);

const loss = z.discriminatedUnion(
  "name",
  [
    z.strictObject({ name: z.literal("mse") }),
    z.strictObject({ name: z.literal("mae") }),
    z.strictObject({ name: z.literal("huber"), delta: numberAbove(0, 1e6).default(1) }),
    z.strictObject({ name: z.literal("msle"), epsilon }),
    z.strictObject({ name: z.literal("mse+msle"), alpha: realNumber(0, 1e6).default(5), epsilon }),
  ],
  { error: `must be one of ${lossNames.map((name) => `"${name}"`).join(", ")}` },
);

const learningRate = realNumber(0, 1e6);
const coefficient = numberBelow(0, 1);
/** `weightDecay` × weight is added to the gradient before the update. */
const weightDecay = realNumber(0, 1e6).default(0);
const optimizerNames = ["adam", "sgd", "momentum", "rmsprop"] as const;

/** `{ "learningRate": 0.01 }` alone means the default optimizer at that rate. */
function nameAdam(input: unknown): unknown {
  return typeof input === "object" && input !== null && !Array.isArray(input) && !("name" in input)
    ? { name: "adam", ...input }
    : input;
}

const optimizer = z.discriminatedUnion(
  "name",
  [
    z.strictObject({
      name: z.literal("adam"),
      learningRate: learningRate.default(0.001),
      beta1: coefficient.default(0.9),
      beta2: coefficient.default(0.999),
      epsilon: realNumber(0, 1e3).default(1e-8),
      weightDecay,
    }),
    z.strictObject({ name: z.literal("sgd"), learningRate: learningRate.default(0.01), weightDecay }),
    z.strictObject({
      name: z.literal("momentum"),
      learningRate: learningRate.default(0.01),
      momentum: coefficient.default(0.9),
      weightDecay,
    }),
    z.strictObject({
      name: z.literal("rmsprop"),
      learningRate: learningRate.default(0.001),
      decay: coefficient.default(0.9),
      epsilon: realNumber(0, 1e3).default(1e-8),
      weightDecay,
    }),
  ],
  { error: `must be one of ${optimizerNames.map((name) => `"${name}"`).join(", ")}` },
);

const training = z.strictObject({
  loss: loss.default({ name: "mse" }),
  optimizer: z.preprocess(nameAdam, optimizer).prefault({}),
  batchSize: wholeNumber(1, 65_536).default(32),
  steps: wholeNumber(1, MOST_STEPS).default(500),
});

/** The limits a verdict is drawn at; DESIGN's defaults, measured over 3,211 independent runs. */
const thresholds = z.strictObject({
  /** Below this variance ratio a run counts as collapsed. */
  varianceRatio: realNumber(0, 1).default(0.05),
  /** Below this loss over variance a run has learnt. */
  lossOverVariance: realNumber(0, 1).default(0.2),
  /** Above this loss over variance a run whose predictions vary has diverged. */
  divergedLossOverVariance: realNumber(1, 1e12).default(10),
});

/** A run, whole: what is trained, on what, how, and from which seed. */
export const configSchema = z.strictObject({
  subject: z
    .literal("box-regression", { error: 'must be "box-regression", the one built-in subject' })
    .default("box-regression"),
  seed: wholeNumber(1, LARGEST_SEED).default(1),
  model: model.prefault({}),
  data: data.prefault({}),
  training: training.prefault({}),
  thresholds: thresholds.prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type ModelConfig = Config["model"];
export type DataConfig = Config["data"];
export type TrainingConfig = Config["training"];
export type LossConfig = TrainingConfig["loss"];
export type OptimizerConfig = TrainingConfig["optimizer"];
export type Thresholds = Config["thresholds"];
