// The tolerance of made-up measurements; tolerance.nightly.ts measures a baseline of an engine that repeats no bits.

import { describe, expect, test } from "vitest";
import { FALSE_ALARMS, leastThatCounts } from "../../../src/keeping/gate/comparing/plan.ts";
import { planFor } from "../../../src/keeping/gate/gate.ts";
import { repeatTolerance } from "../../../src/keeping/gate/tolerance.ts";
import { madeUpBaseline, madeUpMeasurement } from "./madeUp.ts";

const asked = { falseAlarms: FALSE_ALARMS, subjects: 1 };

describe("the tolerance", () => {
  const once = [1, 2, 3].map((seed) => madeUpMeasurement(seed));
  const changed = (factor: number) => once.map((one) => ({ ...one, finalLoss: 0.002 * factor }));

  test("is the largest ratio between two runs of one seed, whichever is greater", () => {
    expect(repeatTolerance(once, once)).toBe(1);
    expect(repeatTolerance(once, changed(1.4))).toBeCloseTo(1.4, 9);
    expect(repeatTolerance(changed(1.4), once)).toBeCloseTo(1.4, 9);
  });

  test("takes no run that diverged for a ratio", () => {
    const diverged = once.map((one) => ({ ...one, verdict: "diverged" as const, finalLoss: null }));

    expect(repeatTolerance(once, diverged)).toBe(1);
  });

  test("raises the floor of the gates with that baseline, and never lowers it", () => {
    const measurements = Array.from({ length: 48 }, (_, index) => madeUpMeasurement(index + 1));
    const floorAt = (tolerance: number) =>
      planFor({ ...madeUpBaseline(measurements), tolerance }, asked).floor;

    expect([1, 1.1, 1.4].map(floorAt)).toEqual([1.25, 1.25, 1.4]);
    expect(leastThatCounts({ floor: 1.4 })).toBeGreaterThan(leastThatCounts({ floor: 1.25 }));
  });
});
