import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  average,
  columnMeans,
  columnSquaredErrors,
  columnVariances,
} from "../../../src/foundation/numbers/statistics.ts";
import { leastErrorOverVariance } from "./leastError.ts";

const number = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(Math.fround);

/** Targets that vary and predictions that are anything, `[rows, outputs]`. */
const tables = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 30 }))
  .map(([outputs, pairs]) => {
    const whole = pairs.length - (pairs.length % outputs);
    const [targets, predictions] = [0, 1].map((side) =>
      Float32Array.from(pairs.slice(0, whole), (pair) => pair[side] as number),
    ) as [Float32Array, Float32Array];
    return { outputs, targets, predictions };
  })
  .filter(({ targets, outputs }) => targets.length > 0 && average(columnVariances(targets, outputs)) > 1e-3);

function measured(targets: Float32Array, predictions: Float32Array, outputs: number) {
  const variance = average(columnVariances(targets, outputs));
  return {
    ratio: average(columnVariances(predictions, outputs)) / variance,
    error: average(columnSquaredErrors(predictions, targets, outputs)) / variance,
  };
}

describe("the least error over variance of a variance ratio", () => {
  property.prop([tables])("is reached or exceeded by any predictions at all", (table) => {
    const { ratio, error } = measured(table.targets, table.predictions, table.outputs);

    // Rounding in double precision, of sums as large as the error itself.
    expect(error).toBeGreaterThanOrEqual(leastErrorOverVariance(ratio) * (1 - 1e-9) - 1e-12);
  });

  // No larger bound holds: these predictions meet this one.
  property.prop([tables, fc.double({ min: 0, max: 3, noNaN: true })])(
    "is met by the targets stretched about their mean",
    ({ targets, outputs }, stretch) => {
      const means = columnMeans(targets, outputs);
      const stretched = targets.map((value, index) => {
        const mean = means[index % outputs] as number;
        return mean + stretch * (value - mean);
      });
      const { ratio, error } = measured(targets, stretched, outputs);

      expect(Math.abs(error - leastErrorOverVariance(ratio))).toBeLessThan(1e-3 * Math.max(1, error));
    },
  );

  test("leaves no room between the verdicts: a ratio below 0.05 has an error above 0.6, so it cannot learn", () => {
    expect(leastErrorOverVariance(0)).toBe(1);
    expect(leastErrorOverVariance(0.05)).toBeGreaterThan(0.602);
    expect(leastErrorOverVariance(1)).toBe(0);
  });

  // The twin: a bound that is slightly too large is broken by predictions that shrink towards the mean.
  test("without the root is no bound", () => {
    const targets = Float32Array.of(-1, 1);
    const { ratio, error } = measured(targets, Float32Array.of(-0.5, 0.5), 1);

    expect(error).toBe(leastErrorOverVariance(ratio));
    expect(error).toBeLessThan((1 - ratio) ** 2);
  });
});
