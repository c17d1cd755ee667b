// Measures whether layers compute more than one affine layer could. The model is evaluated on its own examples or, if
// its input may be any real number, on affine combinations of them. It never gets an input outside its domain, such as
// an unknown index of an embedding.

import { largestOf } from "../../foundation/numbers/extremes.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { type Examples, gather } from "../subject/examples.ts";
import type { Layer } from "../subject/layerTree.ts";
import { ofEachStep } from "./activationLayers.ts";

/**
 * The number of input pairs tried, and their distance from the examples. So far out, a relu that is active on every
 * example becomes inactive.
 */
const TRIALS = 4;
const FAR = 100;

/** Rounding in linear layers causes a deviation of 1e-6; activations cause 0.1 and more. */
export const NONLINEAR = 0.01;

/** Number of inputs evaluated together. */
const ASKED = 3 * TRIALS + 1;

/** These layers accept any real number. Others may look a number up in a table (`Embedding`), or are custom layers. */
const TAKES_ANY_NUMBER: ReadonlySet<string> = new Set([
  ...["Dense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "Conv3DTranspose"],
  ...["DepthwiseConv2D", "SeparableConv2D", "ConvLSTM2D", "RNN", "SimpleRNN", "GRU", "LSTM", "Bidirectional"],
  ...["Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU", "Softmax"],
  ...["Flatten", "Reshape", "Permute", "RepeatVector", "Masking", "BatchNormalization", "LayerNormalization"],
  ...["Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "SeededDropout"],
  ...["MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "AveragePooling1D", "AveragePooling2D"],
  ...["AveragePooling3D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D"],
  ...["GlobalAveragePooling2D", "Cropping2D", "ZeroPadding2D", "UpSampling2D", "Rescaling", "Resizing"],
  ...["Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "CenterCrop", "RandomWidth"],
  ...["KerasRandomTransform", "KerasResizing", "KerasCenterCrop"],
]);

/** Whether a model's input may be any real number. @param entry the layers that receive the input. */
export function takesAnyNumber(entry: readonly Layer[]): boolean {
  return entry.every((layer) => TAKES_ANY_NUMBER.has(ofEachStep(layer).getClassName()));
}

/**
 * Draws {@link ASKED} inputs: for pairs a, b of affine combinations of examples the inputs a, b and a + b − o, where o
 * is an example; o comes last. If the examples hold whole numbers, so do the combinations. Returns null if all examples
 * are equal.
 */
export function drawAffineQuestions(examples: Examples): Examples | null {
  const { inputs, count } = examples;
  const size = inputs.length / count;
  const random = seedStream(1, "survey/linear");
  const asked = new Float32Array(ASKED * size);
  const origin = inputs.subarray(0, size);
  for (let trial = 0; trial < TRIALS; trial++) {
    const pair = drawPair(examples, random.below(count));
    if (!pair) return null;
    const [one, other] = pair.map((index) => inputs.subarray(index * size, (index + 1) * size)) as [
      Float32Array,
      Float32Array,
    ];
    // The factors are whole, so that whole numbers stay whole, and nearly opposite, so that a relu that is active at
    // one input is inactive at the other.
    const far = FAR / 2 + random.below(FAR / 2);
    const back = Math.round(far * (0.5 + random.uniform()));
    for (let index = 0; index < size; index++) {
      const difference = (one[index] as number) - (other[index] as number);
      const start = origin[index] as number;
      asked[3 * trial * size + index] = start + far * difference;
      asked[(3 * trial + 1) * size + index] = start - back * difference;
      asked[(3 * trial + 2) * size + index] = start + (far - back) * difference;
    }
  }
  asked.set(origin, 3 * TRIALS * size);
  return { ...gather(examples, new Int32Array(ASKED)), inputs: asked };
}

/** Draws two examples whose inputs differ, searching from `start` on; null if there are none. */
function drawPair({ inputs, count }: Examples, start: number): readonly [number, number] | null {
  const size = inputs.length / count;
  for (let step = 1; step < count; step++) {
    const other = (start + step) % count;
    for (let index = 0; index < size; index++) {
      if (inputs[start * size + index] !== inputs[other * size + index]) return [start, other];
    }
  }
  return null;
}

/**
 * Measures how far the outputs `[ASKED, width]` deviate from f(a) + f(b) = f(a + b − o) + f(o), which holds for every
 * affine function, relative to their size. Returns null if all outputs are equal, but for rounding, or one is not finite.
 */
export function deviationFromAffine(values: Float32Array): number | null {
  const width = values.length / ASKED;
  const origin = 3 * TRIALS * width;
  let largest = 0;
  let deviation = 0;
  let size = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    for (let unit = 0; unit < width; unit++) {
      const [a, b, sum] = [0, 1, 2].map((row) => values[(3 * trial + row) * width + unit] as number) as [
        number,
        number,
        number,
      ];
      const zero = values[origin + unit] as number;
      size = Math.max(size, Math.abs(zero));
      largest = Math.max(largest, Math.abs(a - zero), Math.abs(b - zero), Math.abs(sum - zero));
      deviation = Math.max(deviation, Math.abs(a + b - sum - zero));
    }
  }
  if (!Number.isFinite(deviation) || largest <= ROUNDING * size) return null;
  return deviation / largest;
}

/** Outputs that differ by a smaller share of their size differ by rounding, which bends nothing and everything. */
const ROUNDING = 1e-5;

/**
 * A column adds nothing to the earlier ones if less than this part of its norm remains after their projections are
 * removed.
 */
const NOTHING_NEW = 1e-6;

/**
 * Measures how far the outputs on the examples are from their best affine fit to the inputs: the largest error divided
 * by the largest distance from a unit's mean. Returns null if there are so few examples that an affine function fits
 * any outputs, and if all outputs are equal, but for rounding, or one is not finite.
 *
 * @param values `[count, width]`, row by row; rows beyond the examples are ignored.
 */
export function deviationFromFit({ inputs, count }: Examples, values: Float32Array): number | null {
  const size = inputs.length / count;
  const width = values.length / count;
  if (!Number.isInteger(width)) return null;
  const basis: Float64Array[] = [];
  for (let column = -1; column < size && basis.length < count; column++) {
    const one = Float64Array.from({ length: count }, (_, row) =>
      column < 0 ? 1 : (inputs[row * size + column] as number),
    );
    const length = lengthOf(one);
    const left = length === 0 ? one : one.map((value) => value / length);
    takeOut(left, basis);
    const remaining = lengthOf(left);
    if (remaining > NOTHING_NEW) basis.push(left.map((value) => value / remaining));
  }
  if (basis.length >= count) return null;
  let [largest, deviation, length] = [0, 0, 0];
  for (let unit = 0; unit < width; unit++) {
    const answers = Float64Array.from({ length: count }, (_, row) => values[row * width + unit] as number);
    length = Math.max(length, largestOf(answers.map(Math.abs)));
    const [mean] = basis.slice(0, 1);
    if (mean) takeOut(answers, [mean]);
    largest = Math.max(largest, largestOf(answers.map(Math.abs)));
    takeOut(answers, basis);
    deviation = Math.max(deviation, largestOf(answers.map(Math.abs)));
  }
  if (!Number.isFinite(deviation) || largest <= ROUNDING * length) return null;
  return deviation / largest;
}

/** Removes the projections on the basis, twice, because rounding leaves a remainder the first time. */
function takeOut(values: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      let along = 0;
      for (let row = 0; row < values.length; row++)
        along += (values[row] as number) * (direction[row] as number);
      for (let row = 0; row < values.length; row++)
        values[row] = (values[row] as number) - along * (direction[row] as number);
    }
  }
}

function lengthOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
