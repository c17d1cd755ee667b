// A correlation asks for predictions that rise and fall with the targets, and for no scale. A loss of the wrong sign, or one
// that sees a scale, is not judged so.

import { add, div, mean, mul, neg, sqrt, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { ERROR_OFF_LINE, findLineMeasure } from "../../../src/learning/measure/lineMeasure.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

type Written = (y: Tensor, p: Tensor) => Tensor;

beforeAll(async () => {
  await startEngineUnderTest();
});

const targets = Float32Array.from({ length: 60 }, (_, row) => 3 + Math.sin(row) + 0.5 * Math.sin(2.3 * row));
const train: Examples = {
  inputs: Float32Array.from(targets, (_, row) => row),
  targets,
  count: targets.length,
  outputs: 1,
  inputShape: [1],
};
const find = (loss: Written, of: Examples = train) => findLineMeasure(loss as Loss, of, 1);

const about = (table: Tensor) => sub(table, mean(table));
const correlation: Written = (y, p) => {
  const [a, b] = [about(y), about(p)];
  return div(sum(mul(a, b)), add(sqrt(mul(sum(square(a)), sum(square(b)))), 1e-6));
};
const sound: readonly (readonly [string, Written])[] = [
  ["1 - r", (y, p) => sub(1, correlation(y, p))],
  ["-r", (y, p) => neg(correlation(y, p))],
  ["1 - r²", (y, p) => sub(1, mul(correlation(y, p), square(correlation(y, p))))],
];

test.each(sound)("%s is judged by what the best line leaves", async (_, loss) => {
  const measure = await find(loss);

  expect(measure?.name).toBe(ERROR_OFF_LINE);
  const { error } = (await measure?.best()) ?? { error: 0 };
  const errorAt = async (predictions: Float32Array) => {
    const errors = (await measure?.errorsOf(targets, predictions)) ?? new Float32Array(1).fill(Number.NaN);
    return errors.reduce((total, one) => total + one, 0) / errors.length / error;
  };
  expect(await errorAt(targets.map((value) => 40 * value - 7))).toBeLessThan(1e-6);
  expect(await errorAt(targets.map((value) => -value))).toBeGreaterThan(0.99);
  expect(await errorAt(targets.map(() => 5))).toBeGreaterThan(0.99);
});

const others: readonly (readonly [string, Written])[] = [
  ["r, which has the wrong sign", correlation],
  ["the squared error", (y, p) => mean(square(sub(y, p)))],
  ["r beside the squared error", (y, p) => add(sub(1, correlation(y, p)), mean(square(sub(y, p))))],
  ["r² by itself, which sees no sign", (y, p) => sub(1, square(correlation(y, p)))],
  ["the mean difference", (y, p) => mean(sub(y, p))],
  ["a variance that no target moves", (_, p) => mean(square(about(p)))],
];

test.each(others)("%s is not", async (_, loss) => {
  expect(await find(loss)).toBeNull();
});

test("is not looked for where targets are classes", async () => {
  expect(await find((y, p) => sub(1, correlation(y, p)), { ...train, classification: true })).toBeNull();
});
