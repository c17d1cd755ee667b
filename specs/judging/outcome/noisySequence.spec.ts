// The first place of a sequence may be told by nothing. A run that has learnt all that the noise leaves is not asked to vary
// there.

import { expect, test } from "vitest";
import { hasFlatOutput } from "../../../src/judging/outcome/flatOutput.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

/** A run of two places, each one of two classes, whose first place is constant. */
function runOf(errorOverPrior: number, shape: readonly number[]): TrainingRun {
  const targets = Float32Array.from({ length: 160 }, (_, at) => Number((at + Math.floor(at / 4)) % 2 === 0));
  const output = {
    name: "letters",
    shape,
    classification: true,
    examples: 40,
    targets,
    predictions: targets,
    varianceRatio: 0.5,
    varianceRatios: [0.001, 0.001, 0.9, 0.9],
    lossOverVariance: 0.5,
    errorOverVariances: [1, 1, 0.1, 0.1],
    errorOverPrior,
    measured: null,
  };
  return { train: { outputs: [output] } } as unknown as TrainingRun;
}

const noisy = { attainable: { lossOverVariance: 0.5, errorOverPrior: 0.5 } };

test("a run that leaves what the noise leaves has no flat output", () => {
  expect(hasFlatOutput(runOf(0.5, [2, 2]), noisy)).toBe(false);
});

test("a run that leaves more, or without noise, or of one row of numbers, has one: the twins", () => {
  expect(hasFlatOutput(runOf(0.7, [2, 2]), noisy)).toBe(true);
  expect(hasFlatOutput(runOf(0.5, [2, 2]), { attainable: null })).toBe(true);
  expect(hasFlatOutput(runOf(0.5, [4]), noisy)).toBe(true);
});
