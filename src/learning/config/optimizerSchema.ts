import { z } from "zod";
import { numberAbove, numberBelow, oneOf, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { plateau } from "./monitorSchema.ts";
import { schedule } from "./scheduleSchema.ts";
import { optimizerSpellings, spellOut } from "./spellings.ts";

const learningRate = realNumber(0, 1e6);
const coefficient = numberBelow(0, 1);
const share = realNumber(0, 1);
const smallest = realNumber(0, 1e3);
const limit = numberAbove(0, 1e12).optional();
const yes = z.boolean({ error: "must be true or false" }).optional();

/** Moving averages of the weights, as `use_ema` of Keras keeps them. */
const averaging = z.strictObject({
  momentum: coefficient.default(0.99).describe("Share of the old average that is kept at every update."),
  every: wholeNumber(1, 10_000_000)
    .optional()
    .describe("The averages replace the weights after every so many updates; left out, at the end alone."),
});

/** What every optimizer can do to the gradients and to the learning rate. Fields that are left out do nothing. */
const everyStep = {
  weightDecay: realNumber(0, 1e6)
    .default(0)
    .describe("`weightDecay` × weight is added to the gradient before the update."),
  decoupledWeightDecay: realNumber(0, 1e6)
    .optional()
    .describe(
      "learning rate × `decoupledWeightDecay` × weight is taken from the weight before the update, as AdamW does.",
    ),
  clipNorm: limit.describe(
    "The largest norm of the gradient of one variable; a longer one is shortened to it.",
  ),
  globalClipNorm: limit.describe(
    "The largest norm of the gradients of all variables together; longer ones are all shortened by the same factor.",
  ),
  clipValue: limit.describe("The largest size of one element of a gradient."),
  schedule: schedule
    .optional()
    .describe("How the learning rate changes during training; left out, it stays."),
  averaging: averaging
    .optional()
    .describe("The moving averages that replace the weights at the end; left out, there are none."),
  onPlateau: plateau
    .optional()
    .describe("When the learning rate is lowered because training gets no further; left out, it never is."),
};

/** The optimizers that a config may name. */
export const optimizerNames = [
  "adam",
  "sgd",
  "momentum",
  "rmsprop",
  "adagrad",
  "adadelta",
  "adamax",
  "nadam",
  "lion",
  "ftrl",
  "adafactor",
  "lamb",
  "muon",
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

/** Adam, AdaMax and Nadam have the same parameters. */
const momentFields = {
  learningRate: learningRate.default(0.001).describe("Factor on every update."),
  beta1: coefficient.default(0.9).describe("Decay of the mean of the gradients."),
  beta2: coefficient
    .default(0.999)
    .describe("Decay of the mean of their squares; in AdaMax, of the largest of their sizes."),
  epsilon: smallest.default(1e-8).describe("A small number that keeps the division finite."),
  ...everyStep,
};

const epsilonPlace = oneOf(["outsideRoot", "insideRoot"])
  .optional()
  .describe("Where ε is added: outside the square root, or inside it as TensorFlow.js and Keras 3 do.");

/**
 * The defaults are those of Keras, with two exceptions: ε is 1e-8 in Adam and RMSProp, and RMSProp adds it outside the
 * square root.
 */
export const optimizer = z.discriminatedUnion(
  "name",
  [
    z.strictObject({
      name: z.literal("adam"),
      ...momentFields,
      amsgrad: yes.describe("Whether the largest mean square so far divides, in place of the present one."),
      epsilonPlace: oneOf(["afterCorrection", "beforeCorrection"])
        .optional()
        .describe(
          "Where ε is added: to the mean square after its bias is corrected, or before it as Keras does.",
        ),
    }),
    z.strictObject({
      name: z.literal("sgd"),
      learningRate: learningRate.default(0.01).describe("Factor on every update."),
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("momentum"),
      learningRate: learningRate.default(0.01).describe("Factor on every update."),
      momentum: coefficient.default(0.9).describe("Share of the last update that is kept."),
      nesterov: yes.describe("Whether the gradient is taken after the momentum, as Nesterov does."),
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("rmsprop"),
      learningRate: learningRate.default(0.001).describe("Factor on every update."),
      decay: coefficient.default(0.9).describe("Decay of the mean of the squared gradients."),
      epsilon: smallest.default(1e-8).describe("A small number that keeps the division finite."),
      epsilonPlace,
      momentum: coefficient.optional().describe("Share of the last update that is kept."),
      centered: yes.describe("Whether the mean of the gradients is taken from their mean square."),
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("adagrad"),
      learningRate: learningRate.default(0.001).describe("Factor on every update."),
      initialAccumulator: realNumber(0, 1e6)
        .default(0.1)
        .describe("The initial value of the sum of squared gradients."),
      epsilon: smallest.default(1e-7).describe("A small number that keeps the division finite."),
      epsilonPlace,
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("adadelta"),
      learningRate: learningRate.default(0.001).describe("Factor on every update."),
      decay: coefficient.default(0.95).describe("Decay of the mean of the squared gradients."),
      epsilon: smallest.default(1e-7).describe("A small number that keeps the division finite."),
      ...everyStep,
    }),
    z.strictObject({ name: z.literal("adamax"), ...momentFields }),
    z.strictObject({
      name: z.literal("nadam"),
      ...momentFields,
      momentumDecay: numberAbove(0, 1)
        .default(0.96)
        .describe("Nadam's momentum at step t is beta1 · (1 − momentumDecay^t / 2)."),
    }),
    z.strictObject({
      name: z.literal("lion"),
      learningRate: learningRate.default(0.001).describe("The length of every step of every weight."),
      beta1: share.default(0.9).describe("Share of the mean of the gradients in the sign of a step."),
      beta2: share.default(0.99).describe("Decay of the mean of the gradients."),
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("ftrl"),
      learningRate: learningRate.default(0.001).describe("Factor on every update."),
      initialAccumulator: realNumber(0, 1e6)
        .default(0.1)
        .describe("The initial value of the sum of squared gradients."),
      power: realNumber(-10, 0)
        .default(-0.5)
        .describe("The power of the sum of squared gradients by which the steps become shorter."),
      l1: realNumber(0, 1e6).default(0).describe("Strength of the penalty on the size of the weights."),
      l2: realNumber(0, 1e6).default(0).describe("Strength of the penalty on their squares."),
      shrinkage: realNumber(0, 1e6)
        .default(0)
        .describe("Strength of the penalty on their squares that is part of the gradient alone."),
      beta: realNumber(0, 1e6).default(0).describe("beta / (2 · learning rate) is added to `l2`."),
      ...everyStep,
    }),
    z.strictObject({
      name: z.literal("adafactor"),
      learningRate: learningRate
        .default(0.001)
        .describe("The largest step, as a share of the size of a variable's weights."),
      decayPower: realNumber(-10, 0)
        .default(-0.8)
        .describe("The mean of the squared gradients decays by 1 − t^decayPower at step t."),
      epsilon: smallest.default(1e-30).describe("Is added to every squared gradient."),
      smallestSize: smallest
        .default(1e-3)
        .describe("A variable of smaller weights makes steps as if they had this size."),
      clipThreshold: numberAbove(0, 1e12)
        .default(1)
        .describe("The largest root mean square of the steps of a variable, before the learning rate."),
      ...everyStep,
    }),
    z.strictObject({ name: z.literal("lamb"), ...momentFields }),
    z.strictObject({
      name: z.literal("muon"),
      ...momentFields,
      momentum: coefficient.default(0.95).describe("Share of the last update of a matrix that is kept."),
      nesterov: z
        .boolean({ error: "must be true or false" })
        .default(true)
        .describe("Whether the gradient is taken after the momentum, as Nesterov does."),
      rounds: wholeNumber(0, 100)
        .default(5)
        .describe("How often a step is brought nearer to an orthogonal matrix."),
      a: realNumber(-1e3, 1e3).default(3.4445).describe("A round takes a x + (b x xᵀ + c (x xᵀ)²) x."),
      b: realNumber(-1e3, 1e3).default(-4.775).describe("The second factor of a round."),
      c: realNumber(-1e3, 1e3).default(2.0315).describe("The third factor of a round."),
      rmsRate: realNumber(0, 1e6)
        .nullable()
        .default(0.2)
        .describe(
          "A step is multiplied by this and by the root of the matrix's longest side; null leaves it as it is.",
        ),
      adamForTables: z
        .boolean({ error: "must be true or false" })
        .default(true)
        .describe("Whether the tables of embeddings get Adam's steps, as all that is no matrix does."),
    }),
  ],
  { error: `must be one of ${optimizerNames.map((name) => `"${name}"`).join(", ")}` },
);

type OptimizerInput = z.input<typeof optimizer>;
type UnnamedAdam = Omit<Extract<OptimizerInput, { name: "adam" }>, "name"> & { name?: undefined };

/** The input type is stated here because zod infers `unknown` for a preprocessed value. */
export const anyOptimizer = z.preprocess(nameAdam, optimizer) as unknown as z.ZodType<
  z.output<typeof optimizer>,
  OptimizerInput | UnnamedAdam | OptimizerName
>;
