// The losses that TensorFlow.js names, and the settings of the crossentropies: each loss and its gradient against its
// formula in double precision.

import { grad, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import type { LossConfig } from "../../../src/learning/config/schema.ts";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { lossFunctionsOf } from "../../../src/learning/subject/compiled/compiledLoss.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

type Row = readonly number[];

const sum = (values: Row) => values.reduce((total, value) => total + value, 0);
const meanOf = (values: Row) => sum(values) / values.length;
const each = (y: Row, p: Row, formula: (y: number, p: number) => number) =>
  y.map((target, output) => formula(target, p[output] as number));
const normOf = (values: Row) => Math.hypot(...values);
const softmax = (logits: Row) => logits.map((logit) => Math.exp(logit) / sum(logits.map(Math.exp)));
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const crossentropy = (y: Row, p: Row) => -sum(each(y, p, (target, other) => target * Math.log(other)));
const binary = (y: number, p: number) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p));

interface Case {
  readonly config: LossConfig;
  /** The loss of one row. */
  readonly formula: (y: Row, p: Row) => number;
  readonly targets: number[][];
  readonly predictions: number[][];
}

const COUNTS = [
  [0, 3, 1],
  [2, 5, 0],
];
const POSITIVE = [
  [0.4, 2.5, 1.2],
  [1.1, 0.3, 3.5],
];
const SIGNS = [
  [1, -1, 1],
  [-1, -1, 1],
];
const ANY = [
  [0.4, -2.5, 1.7],
  [1.6, 0.3, -0.5],
];
const ONE_HOT = [
  [0, 1, 0],
  [1, 0, 0],
];
const SHARES = [
  [0.2, 0.5, 0.3],
  [0.6, 0.3, 0.1],
];

const CASES: readonly Case[] = [
  {
    config: { name: "meanAbsolutePercentageError" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => 100 * Math.abs((target - other) / target))),
    targets: SIGNS,
    predictions: ANY,
  },
  {
    config: { name: "meanSquaredLogarithmicError" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => Math.log((1 + other) / (1 + target)) ** 2)),
    targets: COUNTS,
    predictions: POSITIVE,
  },
  {
    config: { name: "hinge" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => Math.max(0, 1 - target * other))),
    targets: SIGNS,
    predictions: ANY,
  },
  {
    config: { name: "squaredHinge" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => Math.max(0, 1 - target * other) ** 2)),
    targets: SIGNS,
    predictions: ANY,
  },
  {
    config: { name: "categoricalHinge" },
    formula: (y, p) =>
      Math.max(
        0,
        1 +
          Math.max(...each(y, p, (target, other) => (1 - target) * other)) -
          sum(each(y, p, (target, other) => target * other)),
      ),
    targets: ONE_HOT,
    predictions: ANY,
  },
  {
    config: { name: "logcosh" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => Math.log(Math.cosh(other - target)))),
    targets: COUNTS,
    predictions: ANY,
  },
  {
    config: { name: "kullbackLeiblerDivergence" },
    formula: (y, p) => sum(each(y, p, (target, other) => target * Math.log(target / other))),
    targets: SHARES,
    predictions: [
      [0.3, 0.3, 0.4],
      [0.1, 0.8, 0.1],
    ],
  },
  {
    config: { name: "poisson" },
    formula: (y, p) => meanOf(each(y, p, (target, other) => other - target * Math.log(other))),
    targets: COUNTS,
    predictions: POSITIVE,
  },
  {
    config: { name: "cosineProximity" },
    formula: (y, p) => -sum(each(y, p, (target, other) => target * other)) / (normOf(y) * normOf(p)),
    targets: COUNTS,
    predictions: ANY,
  },
  {
    config: { name: "binaryCrossentropy", fromLogits: true },
    formula: (y, p) => meanOf(each(y, p.map(sigmoid), binary)),
    targets: ONE_HOT,
    predictions: ANY,
  },
  {
    config: { name: "categoricalCrossentropy", fromLogits: true },
    formula: (y, p) => crossentropy(y, softmax(p)),
    targets: ONE_HOT,
    predictions: ANY,
  },
  {
    config: { name: "categoricalCrossentropy", labelSmoothing: 0.3 },
    formula: (y, p) =>
      crossentropy(
        y.map((target) => 0.7 * target + 0.1),
        p.map((share) => share / sum(p)),
      ),
    targets: ONE_HOT,
    predictions: SHARES,
  },
  {
    config: { name: "binaryCrossentropy", fromLogits: true, labelSmoothing: 0.2 },
    formula: (y, p) =>
      meanOf(
        each(
          y.map((target) => 0.8 * target + 0.1),
          p.map(sigmoid),
          binary,
        ),
      ),
    targets: ONE_HOT,
    predictions: ANY,
  },
];

const formulaOf = ({ formula, targets }: Case, predictions: number[][]) =>
  meanOf(targets.map((row, example) => formula(row, predictions[example] as number[])));

function quotients(one: Case): number[] {
  const width = 1e-5;
  return one.predictions.flatMap((row, example) =>
    row.map((value, output) => {
      const moved = (by: number) =>
        one.predictions.map((other, at) =>
          at === example ? other.map((old, place) => (place === output ? value + by : old)) : other,
        );
      return (formulaOf(one, moved(width)) - formulaOf(one, moved(-width))) / (2 * width);
    }),
  );
}

const lossAt = (config: LossConfig, targets: number[][], predictions: number[][]) =>
  tidy(() => createLoss(config)(tensor2d(targets), tensor2d(predictions)).dataSync()[0] as number);

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each(CASES.map((one) => [JSON.stringify(one.config), one] as const))("the loss %s", (_, one) => {
  test("is the mean of its formula over the examples", () => {
    const value = lossAt(one.config, one.targets, one.predictions);

    expect(value).toBeCloseTo(formulaOf(one, one.predictions), 4);
  });

  test("has the gradient of its formula", () => {
    const slope = grad((predictions: Tensor) => createLoss(one.config)(tensor2d(one.targets), predictions));
    const slopes = tidy(() => [...slope(tensor2d(one.predictions)).dataSync()]);

    quotients(one).forEach((expected, at) => {
      expect(slopes[at]).toBeCloseTo(expected, 3);
    });
  });
});

describe("the twins", () => {
  test("a hinge of targets 0 and 1 has another value than one of −1 and 1", () => {
    const withZeros = SIGNS.map((row) => row.map((sign) => Math.max(0, sign)));

    expect(lossAt({ name: "hinge" }, withZeros, ANY)).not.toBeCloseTo(
      lossAt({ name: "hinge" }, SIGNS, ANY),
      2,
    );
  });

  test("a crossentropy of logits differs from the same crossentropy of probabilities", () => {
    const config = { name: "categoricalCrossentropy" } as const;

    expect(lossAt({ ...config, fromLogits: true }, ONE_HOT, SHARES)).not.toBeCloseTo(
      lossAt(config, ONE_HOT, SHARES),
      2,
    );
  });

  test("logits that are surely wrong still have a gradient, where clipped probabilities have none", () => {
    const slopeAt = (config: LossConfig, prediction: number) =>
      tidy(
        () =>
          grad((answers: Tensor) => createLoss(config)(tensor2d([[1]]), answers))(
            tensor2d([[prediction]]),
          ).dataSync()[0] as number,
      );

    expect(slopeAt({ name: "binaryCrossentropy", fromLogits: true }, -30)).toBeCloseTo(-1, 5);
    expect(slopeAt({ name: "binaryCrossentropy" }, 0) + 0).toBe(0);
  });
});

describe("TensorFlow.js's own loss of the same name", () => {
  const NAMES = CASES.flatMap(({ config }) =>
    Object.keys(config).length === 1 ? [config.name] : [],
  ) as readonly LossConfig["name"][];

  test.each(NAMES)("%s has the same value", (name) => {
    const one = CASES.find(({ config }) => config.name === name) as Case;
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
    model.compile({ loss: name, optimizer: "sgd" });
    const [stock] = lossFunctionsOf(model) ?? [];
    const values = tidy(() => [
      ...(stock?.(tensor2d(one.targets), tensor2d(one.predictions)).dataSync() ?? []),
    ]);
    model.dispose();

    expect(lossAt(one.config, one.targets, one.predictions)).toBeCloseTo(meanOf(values), 4);
  });
});
