import { describe, expect, test } from "vitest";
import { configSchema, type OptimizerConfig } from "../../../src/learning/config/schema.ts";
import { scheduleFactor } from "../../../src/learning/optimizer/schedule.ts";

type Schedule = NonNullable<OptimizerConfig["schedule"]>;

function scheduleOf(written: object): Schedule {
  const parsed = configSchema.parse({ training: { optimizer: { name: "adam", schedule: written } } });
  return parsed.training.optimizer.schedule as Schedule;
}

const factorsOf = (written: object, steps: readonly number[]) =>
  steps.map((step) => scheduleFactor(scheduleOf(written), step));
const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 6));

describe("the factor of the learning rate", () => {
  test.each<[object, readonly number[], readonly number[]]>([
    [{ name: "exponential", decayRate: 0.25, decaySteps: 10 }, [0, 5, 10, 20], [1, 0.5, 0.25, 0.0625]],
    [
      { name: "exponential", decayRate: 0.25, decaySteps: 10, staircase: true },
      [0, 9, 10, 19, 20],
      [1, 1, 0.25, 0.25, 0.0625],
    ],
    [{ name: "inverseTime", decayRate: 1, decaySteps: 5 }, [0, 5, 10], [1, 0.5, 1 / 3]],
    [{ name: "polynomial", decaySteps: 10, endFactor: 0.1, power: 2 }, [0, 5, 10, 100], [1, 0.325, 0.1, 0.1]],
    [{ name: "cosine", decaySteps: 10, endFactor: 0.2 }, [0, 5, 10, 50], [1, 0.6, 0.2, 0.2]],
    [{ name: "cosine", decaySteps: 10, warmupSteps: 4 }, [0, 1, 4, 9, 14], [0, 0.25, 1, 0.5, 0]],
    [
      { name: "piecewise", boundaries: [3, 6], factors: [1, 0.5, 0.1] },
      [0, 3, 4, 6, 7],
      [1, 1, 0.5, 0.5, 0.1],
    ],
    [{ name: "warmup", warmupSteps: 4 }, [0, 1, 3, 4], [0.25, 0.5, 1, 1]],
  ])("of %j", (written, steps, factors) => {
    expect(factorsOf(written, steps)).toEqual(close(factors));
  });

  test("is a float32 number, whatever the last bit of a power is", () => {
    const [factor] = factorsOf({ name: "exponential", decayRate: 0.9, decaySteps: 7 }, [3]);

    expect(Math.fround(factor as number)).toBe(factor);
  });
});

describe("a schedule that cannot be", () => {
  test.each<[object]>([
    [{ name: "step" }],
    [{ name: "exponential", decayRate: 0, decaySteps: 10 }],
    [{ name: "exponential", decayRate: 0.5, decaySteps: 0 }],
    [{ name: "piecewise", boundaries: [6, 3], factors: [1, 0.5, 0.1] }],
    [{ name: "piecewise", boundaries: [3], factors: [1] }],
    [{ name: "cosine" }],
  ])("%j is refused", (written) => {
    expect(() => scheduleOf(written)).toThrow();
  });
});
