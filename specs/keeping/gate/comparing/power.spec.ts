import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { compare } from "../../../../src/keeping/gate/comparing/compare.ts";
import {
  FALSE_ALARMS,
  looksUpTo,
  type Plan,
  SECOND_LOOK,
} from "../../../../src/keeping/gate/comparing/plan.ts";
import { seedsNeeded } from "../../../../src/keeping/gate/comparing/power.ts";
import type { Measurement } from "../../../../src/keeping/gate/measurement/measurement.ts";
import { madeUpMeasurement } from "../madeUp.ts";

const PLAN: Plan = { falseAlarms: FALSE_ALARMS, subjects: 1, floor: 1.25, looks: looksUpTo(64) };
const LAST = PLAN.looks.length - 1;

/** Losses that vary about their level by a logarithm that is nearly normal. */
function losses(draw: number, count: number, deviation: number, level = 0.02): Measurement[] {
  const { uniform } = seedStream(draw, "losses");
  const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
  return Array.from({ length: count }, (_, index) =>
    madeUpMeasurement(index + 1, { finalLoss: level * Math.exp(deviation * normal()), ladder: null }),
  );
}

function finalLoss(baseline: Measurement[], now: Measurement[]) {
  const found = compare(baseline, now, PLAN, LAST).find(({ metric }) => metric.name === "finalLoss");
  if (!found) throw new Error("no final loss was compared");
  return found;
}

describe("the stated power", () => {
  test.each([0.1, 0.3, 0.6])(
    "is the share of changes of that size that are found, of seeds that spread by %f",
    (deviation) => {
      const { power } = finalLoss(losses(1, 128, deviation), losses(1, 64, deviation));
      const shareFound = (ratio: number) => {
        const found = Array.from({ length: 200 }, (_, draw) =>
          finalLoss(losses(1000 + draw, 128, deviation), losses(2000 + draw, 64, deviation, 0.02 * ratio)),
        ).filter(({ kind }) => kind === "regressed");
        return found.length / 200;
      };

      expect(power).toMatchObject({ probability: 0.9, seeds: 64 });
      const detects = power.detects ?? 0;
      expect(shareFound(detects)).toBeGreaterThan(0.8);
      expect(shareFound(Math.sqrt(detects))).toBeLessThan(0.5);
    },
  );

  test("takes the more seeds the more the baseline spreads, up to the most", () => {
    const needed = [0.01, 0.2, 0.22, 2].map((deviation) => seedsNeeded(losses(1, 48, deviation), PLAN, 64));

    expect(needed).toEqual(needed.toSorted((a, b) => a - b));
    expect(needed[0]).toBe(SECOND_LOOK);
    expect(needed[2]).toBeGreaterThan(SECOND_LOOK);
    expect(needed[3]).toBe(64);
  });

  test("of lost seeds says which share of them is found", () => {
    const comparisons = compare(losses(1, 128, 0.3), losses(1, 64, 0.3), PLAN, LAST);
    const { power } = comparisons.find(({ metric }) => metric.name === "learns") ?? {};

    expect(power?.detects).toBeGreaterThan(0.05);
    expect(power?.detects).toBeLessThan(0.3);
  });
});
