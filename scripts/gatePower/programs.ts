// The programs on which the gate's power is measured. The statistics of the gate were chosen on all of them but the
// first, and then confirmed on that one.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { Config } from "../../src/learning/config/schema.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";

/** Returns numbers drawn evenly from -1 to 1. */
function evenly(seed: number, name: string): () => number {
  const { uniform } = seedStream(seed, name);
  return () => 2 * uniform() - 1;
}

const autoencoder = defineSubject({
  name: "power-autoencoder",
  model: { units: 16 },
  buildModel: ({ model: { units } }) =>
    sequential({
      layers: [
        layers.dense({ inputShape: [8], units, activation: "tanh" }),
        layers.dense({ units: 3 }),
        layers.dense({ units, activation: "tanh" }),
        layers.dense({ units: 8 }),
      ],
    }),
  data: { examples: 256, heldOut: 128 },
  examples: ({ set, count, seed }) => {
    const next = evenly(seed, `autoencoder/${set}`);
    const inputs = Array.from({ length: count }, () => {
      const [a, b, c] = [next(), next(), next()];
      return [a, b, c, a * b, Math.sin(2 * a), b * c, c * c, a - c];
    });
    return { inputs, targets: inputs };
  },
  training: { steps: 300, batchSize: 32, optimizer: { name: "adam", learningRate: 0.005 } },
});

const gru = defineSubject({
  name: "power-gru",
  model: { units: 8 },
  buildModel: ({ model: { units } }) =>
    sequential({ layers: [layers.gru({ inputShape: [4, 2], units }), layers.dense({ units: 1 })] }),
  data: { examples: 160, heldOut: 80 },
  examples: ({ set, count, seed }) => {
    const next = evenly(seed, `gru/${set}`);
    const inputs = Array.from({ length: count }, () =>
      Array.from({ length: 4 }, (): [number, number] => [next(), next()]),
    );
    return { inputs, targets: inputs.map((row) => [row.reduce((sum, [a, b]) => 0.7 * sum + a * b, 0)]) };
  },
  training: { steps: 120, batchSize: 32, optimizer: { name: "adam", learningRate: 0.03 } },
});

const hidden = (activation: "relu" | "tanh") => [
  { units: 16, activation },
  { units: 16, activation },
];

/** The programs by name. */
export const programs: Readonly<Record<string, Config>> = {
  regression: parseConfig({
    subject: "dense",
    model: { inputs: 3, hidden: hidden("relu") },
    data: { examples: 200, heldOut: 100, inputRange: [-1, 1], formula: ["sin(3 * x0) * x1 + x2 / 2"] },
    training: { optimizer: { learningRate: 0.01 }, batchSize: 32, steps: 300 },
  }),
  classification: parseConfig({
    subject: "dense",
    model: { inputs: 2, hidden: hidden("relu"), outputs: 3, outputActivation: "softmax" },
    data: {
      examples: 200,
      heldOut: 100,
      inputRange: [-1, 1],
      formula: ["(x0 * x0 + x1 * x1 > 0.3) + (x0 * x0 + x1 * x1 > 0.8)"],
      classification: true,
    },
    training: {
      loss: { name: "categoricalCrossentropy" },
      optimizer: { learningRate: 0.01 },
      batchSize: 32,
      steps: 300,
    },
  }),
  "noisy regression": parseConfig({
    subject: "dense",
    model: { inputs: 4, hidden: hidden("tanh") },
    data: {
      examples: 300,
      heldOut: 100,
      inputRange: [-1, 1],
      formula: ["sin(2 * x0) + x1 * x2 - x3"],
      noise: 0.5,
    },
    training: { optimizer: { learningRate: 0.01 }, batchSize: 32, steps: 300 },
  }),
  autoencoder: autoencoder.config(),
  "convolutional network": parseConfig({
    subject: "box-regression",
    model: { imageSize: 12, channels: 1, filters: [4, 8], hiddenUnits: [12] },
    data: { examples: 200, heldOut: 100, boxSize: 4, noise: 0.2 },
    training: { optimizer: { name: "adam", learningRate: 0.005 }, batchSize: 32, steps: 150 },
  }),
  GRU: gru.config(),
  // The question's network and data at half their size and more, with a learning rate at which it learns.
  "the question's, smaller": parseConfig({
    subject: "box-regression",
    model: { imageSize: 16, channels: 3, filters: [8, 16, 32], hiddenUnits: [25] },
    data: { examples: 600, heldOut: 200, boxSize: 4, noise: 0.4 },
    training: { optimizer: { name: "adam", learningRate: 0.003 }, batchSize: 64, steps: 90 },
  }),
};
