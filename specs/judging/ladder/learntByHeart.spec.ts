import { describe, expect, test } from "vitest";
import { isLearntByHeart } from "../../../src/judging/ladder/learntByHeart.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Evaluation } from "../../../src/learning/training/evaluation.ts";

const { thresholds } = parseConfig({});
const noisy = { ...thresholds, attainable: () => ({ lossOverVariance: 0.48, errorOverPrior: null }) };
const clean = { ...thresholds, attainable: () => ({ lossOverVariance: 0.05, errorOverPrior: null }) };

/** The evaluation of a run that leaves this share of the variance of its targets. */
function evaluation(examples: number, left: number): Evaluation {
  const quality = {
    examples,
    meanSquaredError: left,
    targetVariance: 1,
    varianceRatio: 0.6,
    varianceRatios: [0.6],
    errorOverVariances: [left],
    lossOverVariance: left,
    errorOverPrior: null,
    measured: null,
    predictions: new Float32Array(examples),
    targets: new Float32Array(examples),
  };
  const output = { ...quality, name: "output 0", shape: [1], classification: false, loss: left };
  return { ...quality, loss: left, outputs: [output] } as unknown as Evaluation;
}

describe("the examples of a rung", () => {
  test("are learnt where many of them are noisy, and the run leaves what the noise does", () => {
    expect(isLearntByHeart(evaluation(50, 0.45), noisy)).toBe(true);
  });

  test("have to be memorised where they are few, or without noise: the twins", () => {
    expect(isLearntByHeart(evaluation(5, 0.45), noisy)).toBe(false);
    expect(isLearntByHeart(evaluation(50, 0.45), clean)).toBe(false);
    expect(isLearntByHeart(evaluation(50, 0.01), clean)).toBe(true);
  });
});
