import { z } from "zod";
import { mostExamples, oneOf, range, realNumber, wholeNumber } from "../../foundation/input/rules.ts";
import { activations, layerUnits, networkFields } from "./networkSchema.ts";

/** The network that looks for a box in a picture. */
export const boxModel = z.strictObject({
  imageSize: wholeNumber(4, 256).default(32).describe("Side of the square picture, in pixels."),
  channels: z
    .union([z.literal(1), z.literal(3)], { error: "must be 1 (grey) or 3 (colour)" })
    .default(3)
    .describe("1 (grey) or 3 (red, green, blue)."),
  filters: z
    .array(wholeNumber(1, 1024), { error: "must be a list of whole numbers" })
    .min(1, "must name at least one convolution")
    .max(8, "must name at most eight convolutions")
    .default([32, 64, 128])
    .describe("Filters of each convolution, first to last."),
  kernelSize: wholeNumber(1, 31).default(5).describe("Side of every filter, in pixels."),
  strides: wholeNumber(1, 8).default(2).describe("Pixels from one place of a filter to the next."),
  padding: oneOf(["same", "valid"])
    .default("same")
    .describe("`same`: the border is filled with zeros. `valid`: filters stay inside the picture."),
  hiddenUnits: z
    .array(layerUnits, { error: "must be a list of whole numbers" })
    .max(8, "must name at most eight layers")
    .default([100])
    .describe("Units of each hidden dense layer between the convolutions and the output; may be empty."),
  activation: oneOf(activations)
    .default("relu")
    .describe("The activation after every convolution and hidden dense layer; `leakyRelu` has slope 0.1."),
  ...networkFields,
});

/** Pictures of a box. */
export const boxData = z.strictObject({
  examples: wholeNumber(1, mostExamples).default(100).describe("Pictures to train on."),
  heldOut: wholeNumber(0, mostExamples)
    .default(100)
    .describe("Pictures that are never trained on; 0 for none."),
  boxSize: wholeNumber(1, 255).default(8).describe("Side of the box, in pixels; smaller than the picture."),
  noise: realNumber(0, 1)
    .default(0)
    .describe("Amplitude of the uniform noise on the background, 0 for none."),
  background: oneOf(["plain", "contrast"])
    .default("plain")
    .describe(
      "`plain`: a black ground under a bright box. `contrast`: a grey ground, the box lighter or darker.",
    ),
  inputRange: range.default([0, 1]).describe("The interval that brightness 0 to 1 is mapped to."),
  targetRange: range
    .default([-1, 1])
    .describe("The interval that a centre from 0 to 1 (a fraction of the picture's side) is mapped to."),
});
