import { test as property } from "@fast-check/vitest";
import { grad, sub, tensor, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { LossConfig } from "../../src/config/schema.ts";
import { startEngine } from "../../src/engine/startEngine.ts";
import { createLoss } from "../../src/loss/loss.ts";

/** Each loss of one target and one prediction, in double precision, written down independently. */
const FORMULAS: readonly [LossConfig, (y: number, p: number) => number][] = [
  [{ name: "mse" }, (y, p) => (y - p) ** 2],
  [{ name: "mae" }, (y, p) => Math.abs(y - p)],
  [
    { name: "huber", delta: 0.5 },
    (y, p) => (Math.abs(y - p) <= 0.5 ? (y - p) ** 2 / 2 : 0.5 * (Math.abs(y - p) - 0.25)),
  ],
  [{ name: "msle", epsilon: 1e-9 }, (y, p) => Math.log((y + 1e-9) / (p + 1e-9)) ** 2],
  [
    { name: "mse+msle", alpha: 5, epsilon: 1e-3 },
    (y, p) => (y - p) ** 2 + 5 * Math.log((y + 1e-3) / (p + 1e-3)) ** 2,
  ],
];

/** Inside (0, 1), where every loss is defined; apart, where every loss is smooth. */
const unit = fc.double({ min: 0.05, max: 0.95, noNaN: true }).map(Math.fround);
const pairs = fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 6 });

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

describe.each(FORMULAS)("the loss %j", (config, formula) => {
  const loss = createLoss(config);

  property.prop([pairs])("is the mean of its formula over examples and outputs", (drawn) => {
    const expected = drawn.reduce((sum, [y, p]) => sum + formula(y, p), 0) / drawn.length;

    const value = tidy(() => {
      const [targets, predictions] = [0, 1].map((column) =>
        tensor(
          drawn.map((pair) => pair[column] as number),
          [drawn.length, 1],
        ),
      );
      return loss(targets as never, predictions as never).dataSync()[0] as number;
    });

    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.max(expected, 0.1));
  });

  property.prop([unit, unit])("has the gradient of its formula by central difference", (y, p) => {
    fc.pre(Math.abs(y - p) > 0.01 && Math.abs(Math.abs(y - p) - 0.5) > 0.01);
    const width = 1e-5;
    const expected = (formula(y, p + width) - formula(y, p - width)) / (2 * width);

    const gradient = tidy(
      () =>
        grad((predictions) => loss(tensor2d([[y]]), predictions))(tensor2d([[p]])).dataSync()[0] as number,
    );

    expect(Math.abs(gradient - expected)).toBeLessThanOrEqual(1e-3 * Math.max(Math.abs(expected), 0.1));
  });

  test("refuses shapes that subtracting would broadcast, naming both", () => {
    tidy(() => {
      expect(() => loss(tensor1d([1, 2, 3]), tensor2d([[1], [2], [3]]))).toThrow(
        `loss ${config.name}: predictions must have the shape of the targets, [3], got [3, 1]`,
      );
    });
  });
});

describe("what the refusal protects from", () => {
  test("plain subtraction of [3] and [3, 1] gives [3, 3] without an error", () => {
    const shape = tidy(() => sub(tensor1d([1, 2, 3]), tensor2d([[1], [2], [3]])).shape);

    expect(shape).toEqual([3, 3]);
  });
});

describe("the logarithmic losses", () => {
  test.each([
    [-0.5, 0.5],
    [0.5, -0.5],
  ])("are NaN for the target %d and the prediction %d, so that training stops at once", (y, p) => {
    const value = tidy(
      () => createLoss({ name: "msle", epsilon: 1e-9 })(tensor2d([[y]]), tensor2d([[p]])).dataSync()[0],
    );

    expect(value).toBeNaN();
  });
});
