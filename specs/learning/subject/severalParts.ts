// Models and examples of several inputs and outputs, for specs.

import { input, type LayersModel, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";

/** Numbers of examples. */
export const COUNT = 200;

/** Uniform numbers from −1 to 1, the same for the same name. */
export function uniform(size: number, name: string): Float32Array {
  const stream = seedStream(1, name);
  return Float32Array.from({ length: size }, () => 2 * stream.uniform() - 1);
}

/** A picture and a vector, from which a price (a number) and a kind (a class of three) follow. */
export const picture: Float32Array = uniform(COUNT * 16, "picture");
export const vector: Float32Array = uniform(COUNT * 3, "vector");
/** The first number of the vector, and whether the left half of the picture is lighter than the right one. */
export const price: Float32Array = Float32Array.from({ length: COUNT }, (_, row) => {
  let difference = 0;
  for (let pixel = 0; pixel < 16; pixel++)
    difference += (picture[row * 16 + pixel] as number) * (pixel % 4 < 2 ? 1 : -1);
  return 0.8 * (vector[row * 3] as number) + difference / 8;
});
export const kind: Float32Array = Float32Array.from({ length: COUNT }, (_, row) => {
  const second = vector[row * 3 + 1] as number;
  return second < -0.33 ? 0 : second < 0.33 ? 1 : 2;
});

/** Builds a model that takes a picture `[4, 4, 1]` and a vector `[3]`, and gives a price `[1]` and a kind `[3]`. */
export function buildTwoByTwo(): LayersModel {
  const first = input({ shape: [4, 4, 1], name: "picture" });
  const second = input({ shape: [3], name: "vector" });
  const seen = layers.conv2d({ name: "conv", filters: 4, kernelSize: 2, activation: "relu" }).apply(first);
  const flat = layers.flatten({ name: "flat" }).apply(seen) as SymbolicTensor;
  const joint = layers.concatenate({ name: "joint" }).apply([flat, second]);
  const hidden = layers.dense({ name: "hidden", units: 24, activation: "relu" }).apply(joint);
  const outputs = [
    layers.dense({ name: "price", units: 1 }).apply(hidden) as SymbolicTensor,
    layers.dense({ name: "kind", units: 3, activation: "softmax" }).apply(hidden) as SymbolicTensor,
  ];
  return model({ inputs: [first, second], outputs });
}

/** A definition of a subject with that model. */
export const twoByTwo = {
  name: "two-by-two",
  buildModel: buildTwoByTwo,
  examples: { train: { inputs: { picture, vector }, targets: { price, kind } } },
  loss: { price: "meanSquaredError", kind: "sparseCategoricalCrossentropy" },
  training: { optimizer: { name: "adam", learningRate: 0.01 }, steps: 300 },
} as const;
