import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { squaredErrorDerivative, squaredLogErrorDerivative } from "./derivatives.ts";
import {
  boundaryPrediction,
  isLogarithmLarger,
  type LogarithmicTerm,
  logarithmicMean,
} from "./logarithmicTerm.ts";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const far = fc.double({ min: 0, max: 12, noNaN: true });
const epsilon = fc.double({ min: 1e-9, max: 2, noNaN: true });
const alpha = fc.double({ min: 1e-3, max: 10, noNaN: true });

/** By how much the logarithmic term's derivative exceeds the other: above 1 where it is the larger one. */
function derivativeRatio(y: number, p: number, { alpha, epsilon }: LogarithmicTerm): number {
  return Math.abs(alpha * squaredLogErrorDerivative(y, p, epsilon)) / Math.abs(squaredErrorDerivative(y, p));
}

describe("the logarithmic term", () => {
  property.prop([far, far, alpha, epsilon])(
    "has the larger derivative exactly where b L(a, b) < alpha",
    (y, p, alpha, epsilon) => {
      const term = { alpha, epsilon };
      const ratio = derivativeRatio(y, p, term);
      // On the boundary itself rounding decides.
      fc.pre(Math.abs(y - p) > 1e-9 && Math.abs(ratio - 1) > 1e-6);

      expect(isLogarithmLarger(y, p, term)).toBe(ratio > 1);
    },
  );

  property.prop([unit, unit, epsilon, fc.double({ min: 0, max: 5, noNaN: true })])(
    "has the larger one on all of the unit square off the diagonal, for alpha of (1 + epsilon)² or more",
    (y, p, epsilon, more) => {
      fc.pre(Math.abs(y - p) > 1e-9);
      const term = { alpha: (1 + epsilon) ** 2 + more, epsilon };

      expect(isLogarithmLarger(y, p, term)).toBe(true);
      expect(derivativeRatio(y, p, term)).toBeGreaterThan(1);
    },
  );

  property.prop([unit, fc.double({ min: 0, max: 0.01, noNaN: true })])(
    "near zero exceeds the squared error's at least 80 times over, also with alpha 1",
    (y, p) => {
      fc.pre(Math.abs(y - p) > 1e-9 && y <= 0.5);

      expect(derivativeRatio(y, p, { alpha: 1, epsilon: 1e-9 })).toBeGreaterThan(80);
    },
  );

  property.prop([far, far, alpha, epsilon])(
    "pulls the same way as the squared error",
    (y, p, alpha, epsilon) => {
      const signs = [
        Math.sign(squaredErrorDerivative(y, p)),
        Math.sign(alpha * squaredLogErrorDerivative(y, p, epsilon)),
      ];

      fc.pre(Math.abs(y - p) > 1e-9);
      expect(signs[0]).toBe(signs[1]);
    },
  );
});

describe("the claim ends", () => {
  const post: LogarithmicTerm = { alpha: 5, epsilon: 1e-9 };

  property.prop([far])("on the diagonal, where both derivatives are 0, and holds a hair beside it", (y) => {
    expect(isLogarithmLarger(y, y, post)).toBe(false);
    expect([squaredErrorDerivative(y, y), squaredLogErrorDerivative(y, y, 1e-9) + 0]).toEqual([0, 0]);
    fc.pre(y < 2);
    expect(isLogarithmLarger(y, y + 1e-12, post)).toBe(true);
  });

  // From an independent computation, to the digits given.
  test.each([
    [1, 0, 4.72],
    [1, 0.01, 2.34],
    [1, 0.1, 1.74],
    [1, 0.25, 1.46],
    [1, 0.5, 1.232],
    [1, 0.75, 1.096],
    [1, 0.9, 1.035],
    [1, 1, 1],
    [5, 0, 10.7],
    [5, 0.01, 5.63],
    [5, 0.1, 4.4],
    [5, 0.25, 3.82],
    [5, 0.5, 3.34],
    [5, 0.75, 3.05],
    [5, 0.9, 2.92],
    [5, 1, 2.838],
  ])("with alpha %d and the target %d at the prediction %d", (alpha, y, expected) => {
    const digits = expected < 1.3 || expected === 2.838 ? 3 : expected > 10 ? 1 : 2;

    expect(boundaryPrediction(y, { alpha, epsilon: 1e-9 })).toBeCloseTo(expected, digits);
  });

  property.prop([far, alpha, epsilon])("at that boundary, from both sides", (y, alpha, epsilon) => {
    const term = { alpha, epsilon };
    const boundary = boundaryPrediction(y, term);
    fc.pre(boundary > 1e-6 && Math.abs(boundary - y) > 1e-3);

    expect(derivativeRatio(y, boundary * (1 - 1e-6), term)).toBeGreaterThan(1);
    expect(derivativeRatio(y, boundary * (1 + 1e-6), term)).toBeLessThan(1);
  });

  test("for alpha below 1 near the corner (1, 1), and only there", () => {
    const half = { alpha: 0.5, epsilon: 1e-9 };

    expect(isLogarithmLarger(1, 0.99, half)).toBe(false);
    expect(isLogarithmLarger(0.99, 1, half)).toBe(false);
    expect(isLogarithmLarger(0.2, 0.3, half)).toBe(true);
    expect(isLogarithmLarger(1, 0.99, { ...half, alpha: 1 })).toBe(true);
  });

  // The shares agree with those of 2 million random pairs each, measured independently.
  test.each([
    [0.5, 1e-9, 0.813],
    [0.1, 1e-9, 0.301],
    [1, 0.1, 0.975],
    [1, 0.5, 0.516],
    [1, 1, 0],
    [5, 1, 1],
  ])("with alpha %d and epsilon %d but on a share of %d of the unit square", (alpha, epsilon, expected) => {
    const cells = 400;
    let held = 0;
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        // Off the diagonal by a quarter of a cell.
        const [y, p] = [(row + 0.25) / cells, (column + 0.5) / cells];
        if (isLogarithmLarger(y, p, { alpha, epsilon })) held++;
      }
    }

    expect(held / cells ** 2).toBeCloseTo(expected, 2);
  });
});

describe("the logarithmic mean", () => {
  property.prop([
    fc.double({ min: 1e-9, max: 10, noNaN: true }),
    fc.double({ min: 1e-9, max: 10, noNaN: true }),
  ])("lies between the geometric and the arithmetic one, and does not mind the order", (a, b) => {
    const mean = logarithmicMean(a, b);

    expect(mean).toBeGreaterThanOrEqual(Math.sqrt(a * b) * (1 - 1e-12));
    expect(mean).toBeLessThanOrEqual(((a + b) / 2) * (1 + 1e-12));
    expect(Math.abs(mean / logarithmicMean(b, a) - 1)).toBeLessThan(1e-12);
  });

  test("is a where both are a, and 0 where one is 0", () => {
    expect([logarithmicMean(0.3, 0.3), logarithmicMean(0, 0.3), logarithmicMean(0.3, 0)]).toEqual([
      0.3, 0, 0,
    ]);
  });
});
