// Batch normalisation of volumes and films, which TensorFlow.js does not compute.

import { type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import "../../../src/learning/keras/layers/batchNormalization.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const numbers = Array.from({ length: 2 * 3 * 2 * 2 * 3 }, (_, at) => Math.sin(at) + at / 10);

function normalised(shape: number[], axis: number, training: boolean): number[] {
  const layer = layers.batchNormalization({ axis, epsilon: 1e-3 });
  try {
    return tidy(() => [...(layer.apply(tensor(numbers, shape), { training }) as Tensor).dataSync()]);
  } finally {
    layer.dispose();
  }
}

test.each([true, false])(
  "volumes are normalised as pictures of the same channels, in training %s",
  (training) => {
    expect(normalised([2, 3, 2, 2, 3], -1, training)).toEqual(normalised([2, 6, 2, 3], -1, training));
    expect(normalised([2, 3, 2, 2, 3], 4, training)).toEqual(normalised([2, 6, 2, 3], 3, training));
    expect(normalised([2, 3, 2, 2, 3], 1, training)).toEqual(normalised([2, 3, 4, 3], 1, training));
  },
);

test("channels on another axis are refused: the twin", () => {
  expect(() => normalised([2, 3, 2, 2, 3], 2, false)).toThrow(/rank 5/);
});
