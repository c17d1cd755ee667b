import { test as property } from "@fast-check/vitest";
import { grad, mul, tensor1d, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { type ElementwiseLossConfig, logarithmOfRatio, lossDerivative } from "./derivatives.ts";

/** Each loss, and its formula for the central difference. */
const LOSSES: readonly [ElementwiseLossConfig, (y: number, p: number) => number][] = [
  [{ name: "mse" }, (y, p) => (p - y) ** 2],
  [{ name: "mae" }, (y, p) => Math.abs(p - y)],
  [
    { name: "huber", delta: 0.5 },
    (y, p) => (Math.abs(p - y) < 0.5 ? (p - y) ** 2 / 2 : 0.5 * (Math.abs(p - y) - 0.25)),
  ],
  [{ name: "msle", epsilon: 1e-9 }, (y, p) => Math.log((p + 1e-9) / (y + 1e-9)) ** 2],
  [{ name: "msle", epsilon: 1 }, (y, p) => Math.log((p + 1) / (y + 1)) ** 2],
  [
    { name: "mse+msle", alpha: 5, epsilon: 1e-3 },
    (y, p) => (p - y) ** 2 + 5 * Math.log((p + 1e-3) / (y + 1e-3)) ** 2,
  ],
];

/** From near 0, where the logarithm is steep, to beyond the unit square. */
const positive = fc.double({ min: 0.01, max: 3, noNaN: true }).map(Math.fround);

/** Pairs (y, ŷ) apart from each other and from huber's kink, where a difference quotient would straddle it. */
const pair = fc
  .tuple(positive, positive)
  .filter(([y, p]) => Math.abs(y - p) > 0.01 && Math.abs(Math.abs(y - p) - 0.5) > 0.01);

function autodiff(config: ElementwiseLossConfig, pairs: readonly (readonly [number, number])[]): number[] {
  return tidy(() => {
    const targets = tensor1d(pairs.map(([y]) => y));
    // Times their number, since the loss is the mean of the elements.
    const sum = grad((predictions) => mul(createLoss(config)(targets, predictions), pairs.length));
    return [...sum(tensor1d(pairs.map(([, p]) => p))).dataSync()];
  });
}

function largestRelativeDifference(values: readonly number[], expected: readonly number[]): number {
  return Math.max(...values.map((value, i) => Math.abs(value / (expected[i] as number) - 1)));
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each(LOSSES)("the derivative of %j", (config, formula) => {
  const pairs = fc.array(pair, { minLength: 1, maxLength: 40 });

  // float32 holds seven digits, of which the difference of two logarithms loses two where y and ŷ are 1 % apart.
  property.prop([pairs])("is that of automatic differentiation, to 1e-4 of it", (pairs) => {
    const written = pairs.map(([y, p]) => lossDerivative(config, y, p));

    expect(largestRelativeDifference(autodiff(config, pairs), written)).toBeLessThan(1e-4);
  });

  property.prop([pair])("is the central difference of its formula, to 1e-5 of it", ([y, p]) => {
    const width = 1e-4 * p;
    const quotient = (formula(y, p + width) - formula(y, p - width)) / (2 * width);

    expect(largestRelativeDifference([quotient], [lossDerivative(config, y, p)])).toBeLessThan(1e-5);
  });

  test("is 0 where the prediction is its target", () => {
    expect(lossDerivative(config, 0.3, 0.3) + 0).toBe(0);
  });
});

describe("the twins", () => {
  test("another loss's derivative, or another offset's, is told apart by automatic differentiation", () => {
    const pairs = [[0.2, 0.3]] as const;
    const ofSquares = autodiff({ name: "mse" }, pairs);

    for (const wrong of [{ name: "mae" }, { name: "msle", epsilon: 1e-9 }] as const) {
      expect(largestRelativeDifference(ofSquares, [lossDerivative(wrong, 0.2, 0.3)])).toBeGreaterThan(0.1);
    }
    expect(
      largestRelativeDifference(autodiff({ name: "msle", epsilon: 1e-9 }, pairs), [
        lossDerivative({ name: "msle", epsilon: 1 }, 0.2, 0.3),
      ]),
    ).toBeGreaterThan(0.1);
  });
});

describe("where there is no logarithm", () => {
  test.each([
    [-0.5, 0.5],
    [0.5, -0.5],
  ])("the derivative for the target %d and the prediction %d is NaN, as training has it", (y, p) => {
    const config = { name: "msle", epsilon: 1e-9 } as const;

    expect(lossDerivative(config, y, p)).toBeNaN();
    expect(autodiff(config, [[y, p]])).toEqual([Number.NaN]);
  });
});

describe("the logarithm of a ratio", () => {
  // ln b − ln a loses all digits here: this is the twin that fails at 1e-10.
  test("keeps its digits where the two are a hair apart", () => {
    const exact = 1e-12 - 0.5e-24;

    expect(Math.abs(logarithmOfRatio(1 + 2 ** -40, 1) / (2 ** -40 - 2 ** -81) - 1)).toBeLessThan(1e-15);
    expect(Math.abs((Math.log(3 * (1 + 1e-12)) - Math.log(3)) / exact - 1)).toBeGreaterThan(1e-10);
  });
});
