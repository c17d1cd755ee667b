import { describe, expect, test } from "vitest";
import { studentQuantile, studentReach } from "../../../src/foundation/numbers/student.ts";

describe("a quantile of Student's t", () => {
  // From tables; the last two are the normal distribution's.
  test.each([
    [0.975, 5, 2.571],
    [0.99, 5, 3.365],
    [0.975, 23, 2.069],
    [0.999, 23, 3.485],
    [0.975, 1e6, 1.96],
    [0.5, 10, 0],
  ])("at %f with %i degrees of freedom is about %f", (chance, freedom, expected) => {
    expect(Math.abs(studentQuantile(chance, freedom) - expected)).toBeLessThan(0.03);
  });
});

describe("the reach of so many deviations", () => {
  // Quantiles of t at the normal distribution's chances of 2 and 3 deviations; from tables.
  test.each([
    [2, 5, 2.65],
    [3, 10, 3.96],
    [3, 1e6, 3],
  ])("of %f with %i degrees of freedom is about %f", (deviations, freedom, expected) => {
    expect(Math.abs(studentReach(deviations, freedom) - expected)).toBeLessThan(0.06);
  });

  test("grows as there is less to estimate a deviation from", () => {
    expect(studentReach(3, 4)).toBeGreaterThan(studentReach(3, 8));
  });
});
