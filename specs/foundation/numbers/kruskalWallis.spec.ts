import { describe, expect, test } from "vitest";
import { kruskalWallis } from "../../../src/foundation/numbers/kruskalWallis.ts";
import { ranksOf } from "../../../src/foundation/numbers/ranks.ts";
import { chiSquaredTail, normalTail } from "../../../src/foundation/numbers/tails.ts";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";

describe("a tail", () => {
  test.each([
    [0, 0.5],
    [1.959963985, 0.025],
    [-1, 0.8413447461],
    [6, 9.865876e-10],
  ])("of the normal distribution from %d on is %d", (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 5);
  });

  test.each([
    [3.841459, 1, 0.05],
    [5.991465, 2, 0.05],
    [24.32, 7, 0.001],
  ])("of chi-squared from %d on with %d degrees is about %d", (value, degrees, tail) => {
    expect(Math.abs(chiSquaredTail(value, degrees) / tail - 1)).toBeLessThan(0.1);
  });
});

test("equal numbers share the mean of their ranks", () => {
  expect([...ranksOf([5, 1, 5, 0])]).toEqual([3.5, 2, 3.5, 1]);
});

describe("the test of Kruskal and Wallis", () => {
  test("gives R's p-value for three small groups", () => {
    // kruskal.test(list(c(1, 2, 3, 4), c(5, 6, 7, 8), c(9, 10, 11, 12))): chi-squared = 9.8462, p = 0.007277
    const p = kruskalWallis([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(p / 0.007277).toBeCloseTo(1, 1);
  });

  test("is 1 for one group and for equal numbers", () => {
    expect(kruskalWallis([1, 2, 3], [0, 0, 0])).toBe(1);
    expect(kruskalWallis([2, 2, 2], [0, 1, 2])).toBe(1);
  });

  test("calls a difference by chance as rare as it is: below 0.05 in about 5 % of 2000 tables", () => {
    const random = seedStream(1, "spec/kruskalWallis");
    const tables = Array.from({ length: 2000 }, () => Array.from({ length: 80 }, () => random.uniform()));
    const found = tables.filter(
      (values) =>
        kruskalWallis(
          values,
          values.map((_, row) => row % 8),
        ) < 0.05,
    );
    expect(found.length / 2000).toBeGreaterThan(0.03);
    expect(found.length / 2000).toBeLessThan(0.07);
  });
});
