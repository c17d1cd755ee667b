import { z } from "zod";
import { mostExamples, oneOf, range, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { activations, layerUnits, networkFields } from "./networkSchema.ts";

const MOST_INPUTS = 10_000;
const MOST_OUTPUTS = 1_000;
const MOST_HIDDEN = 32;
const LONGEST_FORMULA = 1_000;

const hiddenLayer = z.strictObject(
  {
    units: layerUnits,
    activation: oneOf(activations)
      .default("relu")
      .describe("Activation of the layer; `leakyRelu` has slope 0.1."),
  },
  { error: 'must be a layer such as {"units": 10, "activation": "relu"}' },
);

/** The hidden layers of a fully connected network. */
export const hiddenLayers = z
  .array(hiddenLayer, { error: "must be a list of layers" })
  .max(MOST_HIDDEN, `must name at most ${MOST_HIDDEN} layers`)
  .default([{ units: 10, activation: "relu" }])
  .describe("The hidden layers, first to last. If the list is empty, the output is the only layer.");

/** A fully connected network. */
export const denseModel = z.strictObject({
  inputs: wholeNumber(1, MOST_INPUTS).default(1).describe("Numbers of an example."),
  hidden: hiddenLayers,
  outputs: wholeNumber(1, MOST_OUTPUTS).default(1).describe("Numbers that are predicted."),
  ...networkFields,
});

const formula = z
  .string({ error: 'must be a text such as "x0 * x0"' })
  .min(1, 'must be a text such as "x0 * x0"')
  .max(LONGEST_FORMULA, `must have at most ${LONGEST_FORMULA} characters`);

const yesOrNo = z.boolean({ error: "must be true or false" });

/** How examples are standardised whose scale the user chooses. */
export const standardising = {
  standardiseInputs: yesOrNo
    .default(false)
    .describe(
      "Whether each input is standardised to mean 0 and variance 1, with the statistics of the training examples.",
    ),
  standardiseTargets: yesOrNo
    .default(false)
    .describe("Whether each target is standardised likewise; classes stay unchanged."),
  unitInputs: yesOrNo
    .optional()
    .describe(
      "Whether all inputs together are mapped to 0 to 1, as a division by 255 does for grey values. Left out, they are not.",
    ),
  unitTargets: yesOrNo
    .optional()
    .describe(
      "Whether all targets together are mapped to 0 to 1; classes stay unchanged. Left out, they are not.",
    ),
};

/** Synthetic examples: inputs drawn evenly, targets by formula. */
export const denseData = z.strictObject({
  examples: wholeNumber(1, mostExamples).default(200).describe("Examples to train on."),
  heldOut: wholeNumber(0, mostExamples)
    .default(100)
    .describe("Examples that are never trained on; 0 for none."),
  inputRange: range.default([0, 1]).describe("The interval from which every input is drawn uniformly."),
  formula: z
    .array(formula, { error: 'must be a list of formulas such as ["x0 * x0"]' })
    .min(1, "must hold a formula")
    .default(["x0 * x0"])
    .describe(
      "One formula of the inputs x0, x1, … for each output. For classes, a single formula may give the class number instead.",
    ),
  noise: realNumber(0, 1e6)
    .default(0)
    .describe("Noise, uniform within ± this, is added to each formula's value."),
  classification: yesOrNo
    .default(false)
    .describe("Whether the targets are classes: 0 or 1 for one output, one-hot for more."),
  ...standardising,
});
