// A corner of a noisy picture may hold nothing but noise, and the best answer to it hardly varies, while the middle varies.

import { expect, test } from "vitest";
import { leastVariation } from "../../../src/judging/outcome/flatOutput.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

const targets = Float32Array.from({ length: 160 }, (_, at) => (at >> 1) % 2);

function trainOf(varianceRatios: readonly number[]): TrainingRun["train"] {
  const output = {
    name: "picture",
    shape: [2],
    classification: false,
    examples: 80,
    targets,
    predictions: targets,
    varianceRatio: 0.4,
    varianceRatios,
    meanSquaredError: 0.1,
    lossOverVariance: 0.5,
    errorOverVariances: [0.3, 0.7],
    errorOverPrior: null,
    measured: null,
  };
  return { outputs: [output] } as unknown as TrainingRun["train"];
}

const noisy = {
  attainable: () => ({ lossOverVariance: 0.5, errorOverPrior: null, ofNumbers: [0.3, 0.9] }),
};

test("a number that noise hides may vary as little as noise leaves it", () => {
  const least = leastVariation(trainOf([0.6, 0.08]), noisy);
  expect(least?.ratio).toBeGreaterThanOrEqual(least?.bound as number);
});

test("one that noise does not hide, or that varies less still, is flat: the twins", () => {
  for (const ratios of [
    [0.08, 0.1],
    [0.6, 0.01],
  ]) {
    const least = leastVariation(trainOf(ratios), noisy);
    expect(least?.ratio).toBeLessThan(least?.bound as number);
  }
});
