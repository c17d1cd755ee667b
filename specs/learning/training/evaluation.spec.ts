import { test as property } from "@fast-check/vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createCriterion } from "../../../src/learning/loss/criterion.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Evaluation, evaluate, predict } from "../../../src/learning/training/evaluation.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

function examplesOf(inputs: number[][], targets: number[][]): Examples {
  const outputs = (targets[0] as number[]).length;
  return {
    count: targets.length,
    inputShape: [outputs],
    outputs,
    inputs: Float32Array.from(inputs.flat()),
    targets: Float32Array.from(targets.flat()),
  };
}

/** Of a model whose prediction is its input, so that any predictions can be judged. */
async function evaluatePredictions(predictions: number[][], targets: number[][]): Promise<Evaluation> {
  const examples = examplesOf(predictions, targets);
  const identity = layers.activation({ activation: "linear", inputShape: [...examples.inputShape] });
  const model = sequential({ layers: [identity] });
  const evaluation = await evaluate(model, examples, createCriterion({ name: "mse" }));
  model.dispose();
  return evaluation;
}

/** Passes its input on, and claims to give out more numbers: memory that a spec cannot afford. */
class Claiming extends layers.Layer {
  static readonly className = "Claiming";

  readonly #numbers: number;
  readonly #seen: number[];

  constructor(numbers: number, name: string, seen: number[]) {
    super({ name });
    this.#numbers = numbers;
    this.#seen = seen;
  }

  override computeOutputShape(inputShape: number[]): number[] {
    return [inputShape[0] as number, this.#numbers];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    this.#seen.push(input.shape[0] as number);
    return input.clone();
  }
}

const value = fc.float({ min: -10, max: 10, noNaN: true });
const tables = fc
  .integer({ min: 2, max: 12 })
  .chain((rows) =>
    fc.tuple(...[0, 1].map(() => fc.array(fc.tuple(value, value), { minLength: rows, maxLength: rows }))),
  );

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("an evaluation", () => {
  test("measures variance ratios as a whole and per output, and the error over Var(Y)", async () => {
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

    const evaluation = await evaluatePredictions(predictions, targets);

    // Var(Y) is 5 and 20, Var(Ŷ) 1.25 and 0; the squared errors average 3.5 and 20.
    expect(evaluation.targetVariance).toBe(12.5);
    expect(evaluation.varianceRatio).toBe(0.05);
    expect(evaluation.varianceRatios).toEqual([0.25, 0]);
    expect(evaluation.lossOverVariance).toBe(0.94);
    expect(evaluation.r2).toBeCloseTo(0.06, 12);
    expect(evaluation.loss).toBeCloseTo(evaluation.meanSquaredError, 5);
  });

  test("has no ratio where the targets are constant", async () => {
    const half = await evaluatePredictions(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 1],
        [5, 3],
      ],
    );
    const whole = await evaluatePredictions([[1, 2]], [[5, 6]]);

    expect(half.varianceRatios).toEqual([null, 1]);
    expect(whole).toMatchObject({ targetVariance: 0, varianceRatio: null, lossOverVariance: null, r2: null });
  });

  // Predictions are made 256 at a time: the seams and the rest must be there too.
  test.each([255, 256, 257, 600])("judges each of %d examples by its own prediction", async (count) => {
    const rows = Array.from({ length: count }, (_, index) => [index, 1 / (1 + index)]);

    const evaluation = await evaluatePredictions(rows, rows);

    expect(evaluation).toMatchObject({ examples: count, meanSquaredError: 0, varianceRatio: 1 });
    expect([...evaluation.predictions]).toEqual(rows.flat().map(Math.fround));
  });

  // All at once, 256 examples of a large picture were more than the engine's memory holds.
  test.each([
    [8, [4, 4]],
    [10, [4, 4, 2]],
  ])("shows a model whose outputs are large %d examples in parts of %j", async (count, parts) => {
    const seen: number[] = [];
    // 4 bytes for each of the numbers that the layers claim: four examples of the first make 1 GiB.
    const claiming = (numbers: number, name: string) => new Claiming(numbers, name, seen);
    const input = layers.inputLayer({ inputShape: [1] });
    const model = sequential({ layers: [input, claiming(2 ** 26 - 3, "large"), claiming(1, "small")] });
    const column = Array.from({ length: count }, (_, index) => [index]);

    const predictions = await predict(model, examplesOf(column, column));

    expect([...predictions]).toEqual(column.flat());
    expect(seen).toEqual(parts.flatMap((part) => [part, part]));
    model.dispose();
  });

  // In training mode half of the inputs would be 0, and the others twice as large.
  test("judges a model in evaluation mode", async () => {
    const dropout = layers.dropout({ rate: 0.5, inputShape: [1] });
    const model = sequential({ layers: [dropout] });
    const column = Array.from({ length: 50 }, (_, index) => [index]);

    const predictions = await predict(model, examplesOf(column, column));

    expect([...predictions]).toEqual(column.flat());
    model.dispose();
  });

  test("measures each output in its own units", async () => {
    const evaluation = await evaluatePredictions(
      [
        [0, 5],
        [1000, 5],
      ],
      [
        [0, -1],
        [1000, 1],
      ],
    );

    expect(evaluation.errorOverVariances).toEqual([0, 26]);
    expect(evaluation.lossOverVariance).toBeLessThan(1e-3);
  });

  // For any predictions whatever, by the Cauchy–Schwarz inequality; a ratio of deviations would break it.
  property.prop([tables])(
    "never has an error over Var(Y) below (1 − √ratio)²",
    async ([predictions, targets]) => {
      const { lossOverVariance, varianceRatio } = await evaluatePredictions(
        predictions as number[][],
        targets as number[][],
      );

      fc.pre(lossOverVariance !== null && varianceRatio !== null);
      const bound = (1 - Math.sqrt(varianceRatio as number)) ** 2;
      expect(lossOverVariance as number).toBeGreaterThanOrEqual(bound * (1 - 1e-9) - 1e-9);
    },
  );
});
