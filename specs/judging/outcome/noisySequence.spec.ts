// The first place of a sequence may be told by nothing. A run that has learnt all that the noise leaves is not asked to vary
// there.

import { expect, test } from "vitest";
import { hasFlatOutput } from "../../../src/judging/outcome/flatOutput.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
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
    meanSquaredError: 0.1,
    lossOverVariance: 0.5,
    errorOverVariances: [1.1, 1.1, 0.1, 0.1],
    errorOverPrior,
    measured: null,
  };
  return { finite: true, train: { outputs: [output] } } as unknown as TrainingRun;
}

const noisy = { attainable: () => ({ lossOverVariance: 0.5, errorOverPrior: 0.5 }) };

test("a run that leaves what the noise leaves has no flat output", () => {
  expect(hasFlatOutput(runOf(0.5, [2, 2]), noisy)).toBe(false);
});

test("it learns, although its squared error in the first place is that of the mean or above", () => {
  const { thresholds } = parseConfig({});
  const verdictOf = (run: TrainingRun, attainable: typeof noisy.attainable | null) =>
    judge(run, { ...thresholds, attainable });

  expect(verdictOf(runOf(0.5, [2, 2]), noisy.attainable)).toBe("learns");
  expect(verdictOf(runOf(0.7, [2, 2]), noisy.attainable)).toBe("stalled");
  expect(verdictOf(runOf(0.5, [2, 2]), null)).toBe("stalled");
  expect(verdictOf(runOf(0.5, [4]), noisy.attainable)).toBe("stalled");
});

test("a run that leaves more, or without noise, or of one row of numbers, has one: the twins", () => {
  expect(hasFlatOutput(runOf(0.7, [2, 2]), noisy)).toBe(true);
  expect(hasFlatOutput(runOf(0.5, [2, 2]), { attainable: null })).toBe(true);
  expect(hasFlatOutput(runOf(0.5, [4]), noisy)).toBe(true);
});
