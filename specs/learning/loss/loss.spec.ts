import { test as property } from "@fast-check/vitest";
import { grad, ones, sub, tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { LossConfig } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

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
/** Targets and predictions of one to three outputs, row by row. */
const tables = fc.integer({ min: 1, max: 3 }).chain((outputs) => {
  const row = fc.array(fc.tuple(unit, unit), { minLength: outputs, maxLength: outputs });
  return fc.array(row, { minLength: 1, maxLength: 6 });
});

function lossOf(config: LossConfig, targets: number[][], predictions: number[][]): number {
  const loss = createLoss(config);
  return tidy(() => loss(tensor2d(targets), tensor2d(predictions)).dataSync()[0] as number);
}

function slopeOf(config: LossConfig, target: number, prediction: number): number {
  const slope = grad((predictions) => createLoss(config)(tensor2d([[target]]), predictions));
  return tidy(() => slope(tensor2d([[prediction]])).dataSync()[0] as number);
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each(FORMULAS)("the loss %j", (config, formula) => {
  const loss = createLoss(config);

  // The sum over the outputs, or the mean of each row's sum, breaks this where there is more than one output.
  property.prop([tables])("is the mean of its formula over examples and outputs", (rows) => {
    const each = rows.flat().map(([y, p]) => formula(y, p));
    const expected = each.reduce((sum, value) => sum + value, 0) / each.length;

    const value = lossOf(
      config,
      rows.map((row) => row.map(([target]) => target)),
      rows.map((row) => row.map(([, prediction]) => prediction)),
    );

    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.max(expected, 0.1));
  });

  property.prop([unit, unit])("has the gradient of its formula by central difference", (y, p) => {
    fc.pre(Math.abs(y - p) > 0.01 && Math.abs(Math.abs(y - p) - 0.5) > 0.01);
    const width = 1e-5;
    const expected = (formula(y, p + width) - formula(y, p - width)) / (2 * width);

    const slope = slopeOf(config, y, p);

    expect(Math.abs(slope - expected)).toBeLessThanOrEqual(1e-3 * Math.max(Math.abs(expected), 0.1));
  });

  test("is 0 with slope 0 where the prediction is the target", () => {
    expect(lossOf(config, [[0.5]], [[0.5]])).toBe(0);
    expect(Math.abs(slopeOf(config, 0.5, 0.5))).toBe(0);
  });

  // A kernel that takes the larger of NaN and 0, or clips it, would hide a run that is lost.
  test("is NaN where one prediction is, and infinite where one is", () => {
    expect(lossOf(config, [[0.5, 0.5]], [[0.5, Number.NaN]])).toBeNaN();
    expect(lossOf(config, [[0.5, 0.5]], [[0.5, Number.POSITIVE_INFINITY]])).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    [[3], [3, 1]],
    [[3, 1], [3]],
    [
      [3, 2],
      [1, 2],
    ],
    [
      [3, 2],
      [3, 1],
    ],
    [
      [2, 3],
      [3, 2],
    ],
    [[1], []],
  ])("refuses targets %j with predictions %j, naming both", (wanted, got) => {
    tidy(() => {
      expect(() => loss(ones(wanted), ones(got))).toThrow(
        `loss ${config.name}: predictions must have the shape of the targets, [${wanted.join(", ")}], got [${got.join(", ")}]; reshape one of them`,
      );
    });
  });
});

// tfjs alone has the slopes -1 of abs at 0 and 2 delta of minimum and maximum together at the kink.
describe.each(["wasm", "cpu"])("on the engine %s", (engine) => {
  beforeAll(async () => {
    await startEngine({ name: engine });
  });

  test.each([
    [-0.75, -0.5],
    [-0.5, -0.5],
    [-0.25, -0.25],
    [0.25, 0.25],
    [0.5, 0.5],
    [0.75, 0.5],
  ])("huber with delta 0.5 has at the error %d the slope %d", (error, slope) => {
    expect(slopeOf({ name: "huber", delta: 0.5 }, 0, error)).toBe(slope);
  });

  test("mae has the slopes -1, 0 and 1 below, at and above its target", () => {
    const slopes = [-0.5, 0, 0.5].map((prediction) => slopeOf({ name: "mae" }, 0, prediction));

    expect(slopes.map((slope) => slope + 0)).toEqual([-1, 0, 1]);
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
    const value = lossOf({ name: "msle", epsilon: 1e-9 }, [[y]], [[p]]);

    expect(value).toBeNaN();
  });
});
