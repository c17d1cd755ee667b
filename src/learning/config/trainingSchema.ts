import { z } from "zod";
import { numberAbove, numberBelow, oneOf, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { anyMode, anyMonitor, epochSteps } from "./monitorSchema.ts";
import { anyOptimizer } from "./optimizerSchema.ts";
import { lossSpellings, spellOut } from "./spellings.ts";

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
const epsilon = numberAbove(0, 1e3).default(1e-9).describe("Stands beside what the logarithm is taken of.");
const crossentropyFields = {
  fromLogits: z
    .boolean({ error: "must be true or false" })
    .optional()
    .describe(
      "Whether the model's outputs are logits, which the loss turns into probabilities. Left out, they are probabilities.",
    ),
  labelSmoothing: numberBelow(0, 1)
    .optional()
    .describe("Share of every target that is spread evenly over the classes. Left out, it is 0."),
  clipped: z
    .boolean({ error: "must be true or false" })
    .optional()
    .describe(
      "Whether probabilities are kept 1e-7 from 0 and 1. Keras on TensorFlow takes the logits of a softmax or a sigmoid, so that nothing is clipped and no gradient vanishes. Left out, they are kept.",
    ),
};

const loss = z.discriminatedUnion(
  "name",
  [
    z.strictObject({ name: z.literal("mse") }),
    z.strictObject({ name: z.literal("mae") }),
    z.strictObject({
      name: z.literal("huber"),
      delta: numberAbove(0, 1e6)
        .default(1)
        .describe("The error from which the loss rises in a straight line."),
    }),
    z.strictObject({ name: z.literal("msle"), epsilon }),
    z.strictObject({
      name: z.literal("mse+msle"),
      alpha: realNumber(0, 1e6).default(5).describe("The weight of the logarithmic term."),
      epsilon,
    }),
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

/** The config of a loss, or its name. */
export const anyLoss = z.preprocess(
  (input) => spellOut(lossSpellings, lossNames, input),
  loss,
) as unknown as z.ZodType<
  z.output<typeof loss>,
  z.input<typeof loss> | LossName | { name: keyof typeof lossSpellings }
>;

/** When training ends before its last step. It is asked at the end of every epoch. */
const earlyStopping = z.strictObject({
  monitor: anyMonitor,
  mode: anyMode,
  patience: wholeNumber(1, mostSteps)
    .default(10)
    .describe("Training ends after so many epochs in which the monitored loss did not improve."),
  minDelta: realNumber(0, 1e12).default(0).describe("An improvement must be larger than this."),
  restoreBest: z
    .boolean({ error: "must be true or false" })
    .default(false)
    .describe("Whether the weights of the best epoch are restored at the end."),
  baseline: realNumber(-1e12, 1e12)
    .optional()
    .describe("An improvement counts only where it is better than this. Left out, each does."),
  startFrom: wholeNumber(0, mostSteps)
    .optional()
    .describe("So many epochs are left out of account at the start. Left out, none is."),
  epochSteps,
});

const repeatedRows = oneOf(["squaredApart", "limitedApart"]);

/** How a model is trained. A config gives `steps` or `epochs`; {@link parseConfig} converts epochs to steps. */
export const training = z.strictObject({
  loss: anyLoss.default({ name: "mse" }).describe("The loss, by its name or as an object with its settings."),
  optimizer: anyOptimizer
    .prefault({})
    .describe("The optimizer, by its name or as an object with its settings; without a name it is Adam."),
  batchSize: wholeNumber(1, 65_536).default(32).describe("Examples of one update."),
  steps: wholeNumber(1, mostSteps)
    .optional()
    .describe("Updates of the weights; 500 where `epochs` is left out as well."),
  epochs: wholeNumber(1, mostSteps).optional().describe("Passes over the training examples."),
  shuffle: z
    .union([z.boolean(), z.literal("once")], { error: 'must be true, false or "once"' })
    .optional()
    .describe(
      "Whether every epoch takes the examples in a new random order; false keeps theirs, and `once` repeats the random order of the first epoch, as Keras 3 does on TensorFlow under a seed. Left out, it is true.",
    ),
  repeatedRows: repeatedRows
    .optional()
    .describe(
      "How a row is updated that one step looks up several times in a table, such as an embedding's. `squaredApart` takes the squares and sizes of each lookup's gradient, as Keras 3 does on TensorFlow; `limitedApart` only limits the gradient of each, as Keras 2 does there. Left out, their sum is taken.",
    ),
  earlyStopping: earlyStopping
    .nullable()
    .optional()
    .describe("When training ends before its last step; null or left out, it never does."),
});

/** The thresholds that decide a verdict; they were measured over 3,211 independent runs. */
export const thresholds = z.strictObject({
  varianceRatio: realNumber(0, 1)
    .default(0.05)
    .describe("Below this variance ratio a run counts as collapsed."),
  lossOverVariance: realNumber(0, 1).default(0.2).describe("Below this loss over variance a run has learnt."),
  divergedLossOverVariance: realNumber(1, 1e12)
    .default(10)
    .describe("Above this loss over variance a run whose predictions vary has diverged."),
});
