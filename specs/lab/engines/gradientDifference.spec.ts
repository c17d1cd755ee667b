import { describe, expect, test } from "vitest";
import { gradientDifference } from "../../../src/lab/engines/gradientDifference.ts";

const of = (...gradients: number[][]) => gradients.map((values) => Float32Array.from(values));

describe("the difference of two models' gradients", () => {
  test("is the worst of its layers, each over the largest number in it", () => {
    expect(gradientDifference(of([1, 2], [0.1, 0.3]), of([1, 2], [0.1, 0.2]))).toBeCloseTo(0.5, 5);
    expect(gradientDifference(of([1, 2]), of([1, 2]))).toBe(0);
  });

  test("takes numbers that are rounding beside the model's largest for what they are", () => {
    expect(gradientDifference(of([1], [3e-7]), of([1], [-1e-7]))).toBeLessThan(1e-4);
    expect(gradientDifference(of([1], [0.03]), of([1], [-0.03]))).toBeCloseTo(2, 5);
  });

  test("is infinite for a gradient that is missing, of another shape or no number", () => {
    const reference = of([1, 2], [3]);

    for (const wrong of [of([1, 2]), of([1], [3]), of([1, Number.NaN], [3])])
      expect(gradientDifference(wrong, reference)).toBe(Number.POSITIVE_INFINITY);
  });

  test("is none where the reference itself is not finite", () => {
    expect(gradientDifference(of([1]), of([Number.NaN]))).toBeNull();
    expect(gradientDifference(of([1]), of([Number.POSITIVE_INFINITY]))).toBeNull();
  });
});
