import { describe, expect, test } from "vitest";
import { studentQuantile } from "../../../../src/keeping/gate/chance/student.ts";

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
