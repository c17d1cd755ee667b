import { z } from "zod";
import { mostExamples, oneOf, range, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { activations, layerUnits, networkFields } from "./networkSchema.ts";

const MOST_INPUTS = 10_000;
const MOST_OUTPUTS = 1_000;
const MOST_HIDDEN = 32;
const LONGEST_FORMULA = 1_000;

const hiddenLayer = z.strictObject(
  { units: layerUnits, activation: oneOf(activations).default("relu") },
  { error: 'must be a layer such as {"units": 10, "activation": "relu"}' },
);

/** The hidden layers, first to last. If the list is empty, the output is the only layer. */
export const hiddenLayers = z
  .array(hiddenLayer, { error: "must be a list of layers" })
  .max(MOST_HIDDEN, `must name at most ${MOST_HIDDEN} layers`)
  .default([{ units: 10, activation: "relu" }]);

/** A fully connected network. */
export const denseModel = z.strictObject({
  inputs: wholeNumber(1, MOST_INPUTS).default(1),
  hidden: hiddenLayers,
  outputs: wholeNumber(1, MOST_OUTPUTS).default(1),
  ...networkFields,
});

const formula = z
  .string({ error: 'must be a text such as "x0 * x0"' })
  .min(1, 'must be a text such as "x0 * x0"')
  .max(LONGEST_FORMULA, `must have at most ${LONGEST_FORMULA} characters`);

const yesOrNo = z.boolean({ error: "must be true or false" });

/** How examples are standardised whose scale the user chooses. */
export const standardising = {
  /** Whether each input is standardised to mean 0 and variance 1, with the statistics of the training examples. */
  standardiseInputs: yesOrNo.default(false),
  /** Whether each target is standardised likewise; classes stay unchanged. */
  standardiseTargets: yesOrNo.default(false),
  /** Whether all inputs together are mapped to 0 to 1, as a division by 255 does for grey values. Left out, they are not. */
  unitInputs: yesOrNo.optional(),
  /** Whether all targets together are mapped to 0 to 1; classes stay unchanged. Left out, they are not. */
  unitTargets: yesOrNo.optional(),
};

/** Synthetic examples: inputs drawn evenly, targets by formula. */
export const denseData = z.strictObject({
  examples: wholeNumber(1, mostExamples).default(200),
  heldOut: wholeNumber(0, mostExamples).default(100),
  /** The interval from which every input is drawn uniformly. */
  inputRange: range.default([0, 1]),
  /**
   * One formula of the inputs x0, x1, … for each output. For classes, a single formula may give the class number
   * instead.
   */
  formula: z
    .array(formula, { error: 'must be a list of formulas such as ["x0 * x0"]' })
    .min(1, "must hold a formula")
    .default(["x0 * x0"]),
  /** Noise, uniform within ± this, is added to each formula's value. */
  noise: realNumber(0, 1e6).default(0),
  /** Whether the targets are classes: 0 or 1 for one output, one-hot for more. */
  classification: yesOrNo.default(false),
  ...standardising,
});
