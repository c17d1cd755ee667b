import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { againstLastValue } from "../../../../src/judging/evidence/series/againstLastValue.ts";
import { leftOfSmallChanges } from "../../../../src/judging/evidence/series/meanReversion.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import type { Evaluation } from "../../../../src/learning/training/evaluation.ts";
import type { TrainingRun } from "../../../../src/learning/training/train.ts";

const LAGS = 3;
const ROWS = 900;

/** Windows of a series that keeps so much of each value and of the last change, and adds noise of variance 1. */
function windows(kept: number, seed: number, goesOn = 0): Examples {
  const random = seedStream(seed, "spec/mean reversion");
  const noise = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(6.283185 * random.uniform());
  const series = [0];
  const last = (back: number) => series.at(-back) ?? 0;
  while (series.length < ROWS + LAGS) series.push(kept * last(1) + goesOn * (last(1) - last(2)) + noise());
  return {
    count: ROWS,
    inputShape: [LAGS, 1],
    outputs: 1,
    inputs: Float32Array.from(Array.from({ length: ROWS }, (_, at) => series.slice(at, at + LAGS)).flat()),
    targets: Float32Array.from(series.slice(LAGS)),
  };
}

/** A run whose error is so many times that of the last value, and that made so many of 100 steps. */
function beside(train: Examples, ratio: number, steps = 100) {
  const last = train.targets.map((_, row) => train.inputs[row * LAGS + LAGS - 1] as number);
  const mean = train.targets.reduce((sum, target) => sum + target / ROWS, 0);
  let [error, variance] = [0, 0];
  for (const [row, target] of train.targets.entries()) {
    error += (target - (last[row] as number)) ** 2;
    variance += (target - mean) ** 2;
  }
  const heldOut = { lossOverVariance: (ratio * error) / variance, outputs: [] } as unknown as Evaluation;
  const trace = (steps < 100 ? { cutShort: "" } : {}) as unknown as TrainingRun["trace"];
  const subject = { train, heldOut: train, steps: 100 } as unknown as Subject;
  return againstLastValue(subject, { train: heldOut, heldOut, steps, trace });
}

test.each([1, 2])("a series that slowly comes back to its mean is told from a walk, seed %i", (seed) => {
  const left = leftOfSmallChanges(windows(0.95, seed));

  expect(left).toBeGreaterThan(0.95);
  expect(left).toBeLessThan(1);
  expect(leftOfSmallChanges(windows(1, seed))).toBeNull();
});

test("a forecast of it that comes near the last value has learnt it; one that stays behind, or that of a walk, has not", () => {
  expect(beside(windows(0.95, 1), 1.11)?.beats).toBe(true);
  expect(beside(windows(0.95, 1), 1.4)?.beats).toBe(false);
  expect(beside(windows(1, 1), 1.02)?.beats).toBe(false);
});

test("nothing is excused where the windows tell much of the changes", () => {
  expect(leftOfSmallChanges(windows(0.3, 1))).toBeNull();
});

test("a run that was ended early may still pass the last value, and one that made nearly all its steps hardly", () => {
  expect(beside(windows(1, 1, 0.8), 1.4, 30)?.isOpen).toBe(true);
  expect(beside(windows(1, 1), 1.4, 60)?.isOpen).toBe(true);
  expect(beside(windows(1, 1, 0.8), 0.9, 30)).toMatchObject({ beats: true, isOpen: false });
  expect(beside(windows(1, 1), 1.4, 95)).toMatchObject({ beats: false, isOpen: false });
  expect(beside(windows(1, 1), 1.4)).toMatchObject({ beats: false, isOpen: false });
});

test("a forecast of a walk that repeats its last value is laid beside it, and one that is far from it is not", () => {
  expect(beside(windows(1, 1), 3.5)?.beats).toBe(false);
  expect(beside(windows(1, 1), 40)).toBeNull();
});

test("a forecast far from the last value is laid beside it where the windows tell the changes", () => {
  expect(beside(windows(1, 1, 0.8), 40)?.beats).toBe(false);
});
