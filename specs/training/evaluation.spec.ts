import { test as property } from "@fast-check/vitest";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../src/engine/startEngine.ts";
import { createLoss } from "../../src/loss/loss.ts";
import { type Evaluation, evaluate } from "../../src/training/evaluation.ts";

/** A model whose prediction is its input, so that any predictions can be judged. */
function evaluatePredictions(predictions: number[][], targets: number[][], limit?: number): Evaluation {
  const outputs = (targets[0] as number[]).length;
  const model = sequential({ layers: [layers.activation({ activation: "linear", inputShape: [outputs] })] });
  const examples = {
    count: targets.length,
    inputShape: [outputs],
    outputs,
    inputs: Float32Array.from(predictions.flat()),
    targets: Float32Array.from(targets.flat()),
  };
  const evaluation = evaluate(model, examples, createLoss({ name: "mse" }), limit);
  model.dispose();
  return evaluation;
}

const value = fc.float({ min: -10, max: 10, noNaN: true });
const tables = fc
  .integer({ min: 2, max: 12 })
  .chain((rows) =>
    fc.tuple(...[0, 1].map(() => fc.array(fc.tuple(value, value), { minLength: rows, maxLength: rows }))),
  );

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

describe("an evaluation", () => {
  test("measures variance ratios as a whole and per output, and the error over Var(Y)", () => {
    const targets = [
      [0, 0],
      [2, 4],
      [4, 8],
      [6, 12],
    ];
    const predictions = [
      [0, 6],
      [1, 6],
      [2, 6],
      [3, 6],
    ];

    const evaluation = evaluatePredictions(predictions, targets);

    // Var(Y) is 5 and 20, Var(Ŷ) 1.25 and 0; the squared errors average 3.5 and 20.
    expect(evaluation.targetVariance).toBe(12.5);
    expect(evaluation.varianceRatio).toBe(0.05);
    expect(evaluation.varianceRatios).toEqual([0.25, 0]);
    expect(evaluation.lossOverVariance).toBe(0.94);
    expect(evaluation.r2).toBeCloseTo(0.06, 12);
    expect(evaluation.loss).toBeCloseTo(evaluation.meanSquaredError, 5);
  });

  test("has no ratio where the targets are constant", () => {
    const half = evaluatePredictions(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 1],
        [5, 3],
      ],
    );
    const whole = evaluatePredictions([[1, 2]], [[5, 6]]);

    expect(half.varianceRatios).toEqual([null, 1]);
    expect(whole).toMatchObject({ targetVariance: 0, varianceRatio: null, lossOverVariance: null, r2: null });
  });

  // Predictions are made 256 at a time: the seams and the rest must be there too.
  test.each([255, 256, 257, 600])("judges each of %d examples by its own prediction", (count) => {
    const column = Array.from({ length: count }, (_, index) => [index]);

    const evaluation = evaluatePredictions(column, column);

    expect(evaluation).toMatchObject({ examples: count, meanSquaredError: 0, varianceRatio: 1 });
    expect([...evaluation.predictions]).toEqual(column.flat());
  });

  test("judges no more examples than its limit", () => {
    expect(evaluatePredictions([[1], [2], [3]], [[1], [2], [300]], 2)).toMatchObject({ examples: 2, r2: 1 });
  });

  // For any predictions whatever, by the Cauchy–Schwarz inequality; a ratio of deviations would break it.
  property.prop([tables])("never has an error over Var(Y) below (1 − √ratio)²", ([predictions, targets]) => {
    const { lossOverVariance, varianceRatio } = evaluatePredictions(
      predictions as number[][],
      targets as number[][],
    );

    fc.pre(lossOverVariance !== null && varianceRatio !== null);
    const bound = (1 - Math.sqrt(varianceRatio as number)) ** 2;
    expect(lossOverVariance as number).toBeGreaterThanOrEqual(bound * (1 - 1e-9) - 1e-9);
  });
});
