// Labels of which a quarter are turned are answered best by 0.25 and 0.75, which vary a quarter as much as the labels.

import { expect, test } from "vitest";
import { hasFlatOutput, leastVariation } from "../../../src/judging/outcome/flatOutput.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

function runOf(varianceRatio: number): TrainingRun {
  const targets = Float32Array.from({ length: 80 }, (_, at) => at % 2);
  const output = {
    name: "buys",
    shape: [1],
    classification: true,
    examples: 80,
    targets,
    predictions: targets,
    varianceRatio,
    varianceRatios: [varianceRatio],
    meanSquaredError: 0.2,
    lossOverVariance: 0.8,
    errorOverVariances: [0.8],
    errorOverPrior: 0.5,
    measured: null,
  };
  return { finite: true, train: { outputs: [output] } } as unknown as TrainingRun;
}

/** The squared error of what noise leaves excuses nobody here; that share of the errors does. */
const noisy = { attainable: () => ({ lossOverVariance: 0.8, errorOverPrior: 0.5 }) };

test("the best answers to noisy labels are not flat", () => {
  expect(hasFlatOutput(runOf(0.25), noisy)).toBe(false);
  expect(leastVariation(runOf(0.25).train, noisy)?.bound).toBeCloseTo(0.3 * 0.25);
});

test("answers that vary much less, or as little to labels without noise, are flat: the twins", () => {
  expect(hasFlatOutput(runOf(0.05), noisy)).toBe(true);
  expect(hasFlatOutput(runOf(0.25), { attainable: null })).toBe(true);
  expect(
    hasFlatOutput(runOf(0.25), { attainable: () => ({ lossOverVariance: 0.95, errorOverPrior: 0.9 }) }),
  ).toBe(true);
});
