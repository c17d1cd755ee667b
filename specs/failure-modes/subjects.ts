// Small subjects of a project's own code that failure modes break in one way, and their specs leave sound.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";

/** A rare class, one example in ten, and what an example of each class counts. */
export function rareClass(name: string, classWeight?: Readonly<Record<number, number>>) {
  const random = seedStream(3, name);
  const inputs = Array.from({ length: 400 }, () => [random.uniform() * 2 - 1, random.uniform() * 2 - 1]);
  const targets = inputs.map(([a = 0, b = 0]) => [a * a + b * b < 0.13 ? 1 : 0]);
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 24, activation: "relu", inputShape: [2] }),
          layers.dense({ units: 24, activation: "relu" }),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    examples: { train: { inputs, targets } },
    classification: true,
    ...(classWeight && { classWeight }),
    training: {
      loss: "binaryCrossentropy",
      optimizer: { name: "adam", learningRate: 0.01 },
      batchSize: 32,
      steps: 250,
    },
  });
}

/** The distance between two ones in a row of zeros, and the value of steps that a mask hides. */
export function distances(name: string, maskValue: number) {
  const random = seedStream(5, name);
  const inputs = Array.from({ length: 300 }, () => {
    const row = Array.from({ length: 10 }, () => [0]);
    const first = Math.floor(random.uniform() * 9);
    const second = first + 1 + Math.floor(random.uniform() * (9 - first));
    row[first] = [1];
    row[second] = [1];
    return row;
  });
  const targets = inputs.map((row) => {
    const ones = row.flatMap(([value], at) => (value === 1 ? [at] : []));
    return [((ones[1] as number) - (ones[0] as number)) / 9];
  });
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.masking({ maskValue, inputShape: [10, 1] }),
          layers.gru({ units: 16 }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: { inputs, targets } },
    training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 32, steps: 300 },
  });
}

/** The place of a bright spot in a picture of 10 × 10, behind a layer that pools over it or lists it. */
export function spots(name: string, pools: boolean) {
  const random = seedStream(7, name);
  const inputs: number[][][][] = [];
  const targets: number[][] = [];
  for (let example = 0; example < 240; example++) {
    const [y, x] = [2 + 6 * random.uniform(), 2 + 6 * random.uniform()];
    targets.push([y / 10, x / 10]);
    inputs.push(
      Array.from({ length: 10 }, (_, row) =>
        Array.from({ length: 10 }, (_, column) => [Math.exp(-((row - y) ** 2 + (column - x) ** 2) / 3)]),
      ),
    );
  }
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu", inputShape: [10, 10, 1] }),
          pools ? layers.globalAveragePooling2d({} as never) : layers.flatten(),
          layers.dense({ units: 16, activation: "relu" }),
          layers.dense({ units: 2 }),
        ],
      }),
    examples: { train: { inputs, targets } },
    training: { optimizer: { name: "adam", learningRate: 0.005 }, batchSize: 32, steps: 200 },
  });
}
