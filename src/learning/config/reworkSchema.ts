import { z } from "zod";
import { numberAbove, numberBelow, oneOf, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { type KernelInitializer, kernelInitializers } from "./networkSchema.ts";

const insideLayers = ["relu", "elu", "tanh", "sigmoid", "linear"] as const;
const atTheEnd = [...insideLayers, "softplus", "softmax"] as const;
/** The initializers that TensorFlow.js has too; `constant` means 1 / fan-in only in learnproof. */
const initializers = kernelInitializers.filter((name) => name !== "constant") as unknown as readonly [
  "glorotUniform",
  ...Exclude<KernelInitializer, "constant">[],
];

const exchanged = z
  .literal(false, { error: "must be false; leave it out to keep the subject's own" })
  .optional();

/** Changes made to a model after its own code has built it. Null leaves a part as it was built. */
export const rework = z.strictObject({
  width: numberAbove(0, 1024)
    .default(1)
    .describe("Factor on the number of units or filters of every layer except the last one with weights."),
  layers: wholeNumber(0, 32)
    .default(0)
    .describe(
      "Number of copies of the last hidden dense layer to insert behind it, only for a chain of layers. A network without any hidden layer gets dense ones of 16 relu units.",
    ),
  activation: oneOf(insideLayers)
    .nullable()
    .default(null)
    .describe("Activation of every hidden layer with a kernel."),
  outputActivation: oneOf(atTheEnd).nullable().default(null).describe("Activation of the output."),
  kernelInitializer: oneOf(initializers)
    .nullable()
    .default(null)
    .describe(
      "Initializer of every kernel, and of every embedding that starts with the same numbers for all codes.",
    ),
  useBias: z
    .boolean({ error: "must be true, false or null" })
    .nullable()
    .default(null)
    .describe("Whether layers have a bias."),
  dropout: numberBelow(0, 1)
    .nullable()
    .default(null)
    .describe(
      "Rate of every layer that drops units. 0 also ends noise, and the dropout within recurrent layers.",
    ),
  l2: realNumber(0, 1e6)
    .nullable()
    .default(null)
    .describe(
      "Coefficient of the sum of squared kernel weights added to the loss; 0 takes the penalties of all other weights too.",
    ),
  penalty: realNumber(0, 1e6)
    .optional()
    .describe(
      "Factor on what layers add to the loss for what they answer, such as the divergence of a variational autoencoder.",
    ),
  leastUnits: wholeNumber(1, 10_000)
    .optional()
    .describe("Least number of units or filters of every hidden layer: narrower ones get as many."),
  underRoots: realNumber(0, 1)
    .optional()
    .describe(
      "What is added to numbers of which layers and losses of a captured program's own take a root, a logarithm or a power below 1, whose slope at 0 is infinite; of the numbers that they take an angle of, such a share is taken off.",
    ),
  outputUnits: wholeNumber(1, 10_000)
    .optional()
    .describe("Units of the last layer with weights, in place of those that it was built with."),
  flatten: z
    .literal(true, { error: "must be true; leave it out to keep the output's positions" })
    .optional()
    .describe(
      "Gives one output for each example to a model that has one for each position: the last recurrent layer returns its last step alone, or a layer that flattens stands before the last one with weights, or one that averages behind it.",
    ),
  rescaling: z
    .literal(false, { error: "must be false; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "False to hand the inputs on as they are, in place of what Rescaling and Normalization layers in front of the first layer with weights make of them.",
    ),
  everyStep: z
    .literal(true, { error: "must be true; leave it out to keep the last step" })
    .optional()
    .describe(
      "Gives one output for each step to a model of sequences: its last recurrent layer returns every step.",
    ),
  samePadding: z
    .literal(true, { error: "must be true; leave it out to keep the padding" })
    .optional()
    .describe("Pads every convolution, so that its output is as large as its input."),
  keepPlaces: z
    .literal(true, { error: "must be true; leave it out to keep the pooling" })
    .optional()
    .describe(
      "Lists what stands at every place, in place of each layer that pools over all places of a picture or a sequence.",
    ),
  masking: z
    .union([z.boolean(), z.number()], {
      error: "must be true, false or the number that fills sequences up; leave it out to keep the masks",
    })
    .optional()
    .describe(
      "False to hide no step of a sequence: no layer makes a mask. True to hide the steps that are 0 throughout, as those that only fill a sequence up; a number to hide those that hold it throughout.",
    ),
  lookUp: wholeNumber(2, 100_000)
    .optional()
    .describe(
      "Looks each number of the inputs up in a table of so many codes before the first layer, for whole numbers from 0 that are names, such as those of words.",
    ),
  swapAxes: z
    .literal(true, { error: "must be true; leave it out to keep the axes" })
    .optional()
    .describe("Swaps the two axes of each input before the first layer, such as steps and features."),
  trainable: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Whether every layer is trained, including those that were built frozen. Left out, each stays as it was built.",
    ),
  averagesInEvaluation: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Lets batch normalisation that a captured program always calls as in training use its moving averages in evaluation.",
    ),
  batchStatistics: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Lets trained batch normalisation that a captured program never calls as in training normalise each batch by its own numbers, and move its averages.",
    ),
  constraints: z
    .literal(false, { error: "must be false; leave it out to keep the constraints" })
    .optional()
    .describe("False to let weights take any value, in place of those that the layers' constraints allow."),
  momentum: numberBelow(0, 1)
    .optional()
    .describe("Momentum of the moving averages of every batch normalisation."),
  apart: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Takes each softmax over the numbers of one example, in place of one over the examples of a batch.",
    ),
  causal: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Hides from each step of a sequence those behind it: in attention by a mask, in convolutions by padding before the first step alone, and recurrent layers in both directions run forwards.",
    ),
  ownEnds: z
    .literal(true, { error: "must be true; leave it out to keep the layers as built" })
    .optional()
    .describe(
      "Gives a layer of its own to each output that the layer of another output makes of the same numbers.",
    ),
  lossWeights: oneOf(["alike", "even"])
    .optional()
    .describe(
      "`alike`: the loss of each output counts 1, whatever weight the subject's definition gives it. `even`: it is divided by what a constant leaves of it, so that outputs in unequal units count alike.",
    ),
  ownLoss: exchanged.describe(
    "False to train with `training.loss` in place of a loss of the subject's own code.",
  ),
  turnLoss: z
    .union([z.literal(true), z.literal("labels")], {
      error: 'must be true or "labels"; leave it out to keep the arguments as the loss takes them',
    })
    .optional()
    .describe(
      "Gives a loss of the subject's own code the predictions first and the targets second, for one that was written for that order; `labels` gives it 0 for a target of 1 and 1 for one of 0, for one that takes them the other way round than the examples and the script do.",
    ),
  ownOptimizer: exchanged.describe(
    "False to train with `training.optimizer` in place of an optimizer of the subject's own code.",
  ),
});
