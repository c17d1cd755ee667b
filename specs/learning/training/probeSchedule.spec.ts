import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_PROBED, probeSchedule } from "../../../src/learning/training/probeSchedule.ts";

function probedSteps(batchSize: number, examples: number, steps: number): number[] {
  const isProbed = probeSchedule(batchSize, examples);
  return Array.from({ length: steps }, (_, step) => step).filter(isProbed);
}

describe("a probe schedule", () => {
  test("looks at powers of two and then evenly: a batch of 32 out of 100 examples", () => {
    // ⌈100 / (0.05 · 3 · 32)⌉ = 21 steps apart.
    expect(probedSteps(32, 100, 60)).toEqual([0, 1, 2, 4, 8, 16, 21, 32, 42]);
  });

  property.prop([fc.integer({ min: 1, max: 65_536 }), fc.integer({ min: 1, max: 1_000_000 })])(
    "looks at the untouched model and at least five times in the first 25 steps, where networks die",
    (batchSize, examples) => {
      const early = probedSteps(batchSize, examples, 25);

      expect(early[0]).toBe(0);
      expect(early.length).toBeGreaterThanOrEqual(5);
    },
  );

  // A step costs three forward passes of its batch, a probe one of its examples; 15 powers of two come on top.
  property.prop([fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 10_000 })])(
    "costs at most a tenth of 20,000 steps, beside the early looks",
    (batchSize, examples) => {
      const steps = 20_000;
      const batch = Math.min(batchSize, examples);

      const looks = probedSteps(batchSize, examples, steps).length - 15;

      expect(looks * Math.min(MOST_PROBED, examples)).toBeLessThanOrEqual(0.1 * steps * 3 * batch);
    },
  );
});
