import { z } from "zod";
import { numberAbove, numberBelow, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { lossSpellings, optimizerSpellings, spellOut } from "./spellings.ts";

/** The largest number of optimizer updates in a run. */
export const mostSteps = 10_000_000;

/** The losses that a config may name. */
export const lossNames = [
  "mse",
  "mae",
  "huber",
  "msle",
  "mse+msle",
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "meanAbsolutePercentageError",
  "meanSquaredLogarithmicError",
  "hinge",
  "squaredHinge",
  "categoricalHinge",
  "logcosh",
  "kullbackLeiblerDivergence",
  "poisson",
  "cosineProximity",
] as const;
const epsilon = numberAbove(0, 1e3).default(1e-9);
const crossentropyFields = {
  /** Whether the model's outputs are logits, which the loss turns into probabilities. Left out, they are probabilities. */
  fromLogits: z.boolean({ error: "must be true or false" }).optional(),
  /** Share of every target that is spread evenly over the classes. Left out, it is 0. */
  labelSmoothing: numberBelow(0, 1).optional(),
};

const loss = z.discriminatedUnion(
  "name",
  [
    z.strictObject({ name: z.literal("mse") }),
    z.strictObject({ name: z.literal("mae") }),
    z.strictObject({ name: z.literal("huber"), delta: numberAbove(0, 1e6).default(1) }),
    z.strictObject({ name: z.literal("msle"), epsilon }),
    z.strictObject({ name: z.literal("mse+msle"), alpha: realNumber(0, 1e6).default(5), epsilon }),
    z.strictObject({ name: z.literal("binaryCrossentropy"), ...crossentropyFields }),
    z.strictObject({ name: z.literal("categoricalCrossentropy"), ...crossentropyFields }),
    z.strictObject({ name: z.literal("meanAbsolutePercentageError") }),
    z.strictObject({ name: z.literal("meanSquaredLogarithmicError") }),
    z.strictObject({ name: z.literal("hinge") }),
    z.strictObject({ name: z.literal("squaredHinge") }),
    z.strictObject({ name: z.literal("categoricalHinge") }),
    z.strictObject({ name: z.literal("logcosh") }),
    z.strictObject({ name: z.literal("kullbackLeiblerDivergence") }),
    z.strictObject({ name: z.literal("poisson") }),
    z.strictObject({ name: z.literal("cosineProximity") }),
  ],
  { error: `must be one of ${lossNames.map((name) => `"${name}"`).join(", ")}` },
);

/** The name of a loss, as learnproof or as TensorFlow.js spells it. */
export type LossName = (typeof lossNames)[number] | keyof typeof lossSpellings;

const anyLoss = z.preprocess(
  (input) => spellOut(lossSpellings, lossNames, input),
  loss,
) as unknown as z.ZodType<
  z.output<typeof loss>,
  z.input<typeof loss> | LossName | { name: keyof typeof lossSpellings }
>;

const learningRate = realNumber(0, 1e6);
const coefficient = numberBelow(0, 1);
const smallest = realNumber(0, 1e3);
/** `weightDecay` × weight is added to the gradient before the update. */
const weightDecay = realNumber(0, 1e6).default(0);
/** The optimizers that a config may name. */
export const optimizerNames = [
  "adam",
  "sgd",
  "momentum",
  "rmsprop",
  "adagrad",
  "adadelta",
  "adamax",
] as const;

/** The name of an optimizer, as learnproof or as TensorFlow.js spells it. */
export type OptimizerName = (typeof optimizerNames)[number] | keyof typeof optimizerSpellings;

/** Adds the name of the default optimizer if there is none: `{ "learningRate": 0.01 }` means Adam at that rate. */
function nameAdam(written: unknown): unknown {
  const input = spellOut(optimizerSpellings, optimizerNames, written);
  return typeof input === "object" && input !== null && !Array.isArray(input) && !("name" in input)
    ? { name: "adam", ...input }
    : input;
}

/** Adam and AdaMax have the same parameters. */
const momentFields = {
  learningRate: learningRate.default(0.001),
  beta1: coefficient.default(0.9),
  beta2: coefficient.default(0.999),
  epsilon: smallest.default(1e-8),
  weightDecay,
};

/**
 * The defaults are those of Keras, with two exceptions: ε is 1e-8 in Adam and RMSProp, and RMSProp adds it outside the
 * square root.
 */
export const optimizer = z.discriminatedUnion(
  "name",
  [
    z.strictObject({ name: z.literal("adam"), ...momentFields }),
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
      epsilon: smallest.default(1e-8),
      weightDecay,
    }),
    z.strictObject({
      name: z.literal("adagrad"),
      learningRate: learningRate.default(0.001),
      /** The initial value of the sum of squared gradients. */
      initialAccumulator: realNumber(0, 1e6).default(0.1),
      epsilon: smallest.default(1e-7),
      weightDecay,
    }),
    z.strictObject({
      name: z.literal("adadelta"),
      learningRate: learningRate.default(0.001),
      decay: coefficient.default(0.95),
      epsilon: smallest.default(1e-7),
      weightDecay,
    }),
    z.strictObject({ name: z.literal("adamax"), ...momentFields }),
  ],
  { error: `must be one of ${optimizerNames.map((name) => `"${name}"`).join(", ")}` },
);

type OptimizerInput = z.input<typeof optimizer>;
type UnnamedAdam = Omit<Extract<OptimizerInput, { name: "adam" }>, "name"> & { name?: undefined };

/** The input type is stated here because zod infers `unknown` for a preprocessed value. */
const anyOptimizer = z.preprocess(nameAdam, optimizer) as unknown as z.ZodType<
  z.output<typeof optimizer>,
  OptimizerInput | UnnamedAdam | OptimizerName
>;

/** How a model is trained. A config gives `steps` or `epochs`; {@link parseConfig} converts epochs to steps. */
export const training = z.strictObject({
  loss: anyLoss.default({ name: "mse" }),
  optimizer: anyOptimizer.prefault({}),
  batchSize: wholeNumber(1, 65_536).default(32),
  steps: wholeNumber(1, mostSteps).optional(),
  /** Passes over the training examples. */
  epochs: wholeNumber(1, mostSteps).optional(),
});

/** The thresholds that decide a verdict; they were measured over 3,211 independent runs. */
export const thresholds = z.strictObject({
  /** Below this variance ratio a run counts as collapsed. */
  varianceRatio: realNumber(0, 1).default(0.05),
  /** Below this loss over variance a run has learnt. */
  lossOverVariance: realNumber(0, 1).default(0.2),
  /** Above this loss over variance a run whose predictions vary has diverged. */
  divergedLossOverVariance: realNumber(1, 1e12).default(10),
});
