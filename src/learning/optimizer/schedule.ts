import type { OptimizerConfig } from "../config/schema.ts";

type Schedule = NonNullable<OptimizerConfig["schedule"]>;

/**
 * Computes the factor by which a schedule multiplies the learning rate.
 *
 * @param step updates made so far, from 0.
 * @returns a float32 number: the last bit of `Math.pow` and `Math.cos` in double precision depends on the platform.
 */
export function scheduleFactor(schedule: Schedule, step: number): number {
  return Math.fround(exactFactor(schedule, step));
}

function exactFactor(schedule: Schedule, step: number): number {
  switch (schedule.name) {
    case "exponential":
      return schedule.decayRate ** periods(schedule, step);
    case "inverseTime":
      return 1 / (1 + schedule.decayRate * periods(schedule, step));
    case "polynomial": {
      const left = 1 - Math.min(step, schedule.decaySteps) / schedule.decaySteps;
      return (1 - schedule.endFactor) * left ** schedule.power + schedule.endFactor;
    }
    case "cosine": {
      const { warmupSteps, decaySteps, endFactor } = schedule;
      if (step < warmupSteps) return step / warmupSteps;
      const share = Math.min(step - warmupSteps, decaySteps) / decaySteps;
      return ((1 - endFactor) * (1 + Math.cos(Math.PI * share))) / 2 + endFactor;
    }
    case "piecewise": {
      const passed = schedule.boundaries.filter((boundary) => step > boundary).length;
      return schedule.factors[passed] as number;
    }
    case "warmup":
      return Math.min(1, (step + 1) / schedule.warmupSteps);
  }
}

function periods(
  { decaySteps, staircase }: { readonly decaySteps: number; readonly staircase?: boolean | undefined },
  step: number,
): number {
  const count = step / decaySteps;
  return staircase ? Math.floor(count) : count;
}
