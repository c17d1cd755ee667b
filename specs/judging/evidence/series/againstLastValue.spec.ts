import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { againstLastValue } from "../../../../src/judging/evidence/series/againstLastValue.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import type { Evaluation } from "../../../../src/learning/training/evaluation.ts";
import type { TrainingRun } from "../../../../src/learning/training/train.ts";

const STEPS = 6;
const ROWS = 200;
const random = seedStream(3, "spec/last value");
/** A wave of 40 steps, whose changes from one step to the next are small beside its size. */
const wave = Array.from({ length: ROWS + STEPS }, (_, at) => Math.sin((2 * Math.PI * at) / 40));
const train: Examples = {
  count: ROWS,
  inputShape: [STEPS, 1],
  outputs: 1,
  inputs: Float32Array.from(Array.from({ length: ROWS }, (_, at) => wave.slice(at, at + STEPS)).flat()),
  targets: Float32Array.from(wave.slice(STEPS)),
};

/** Forecasts that are off by chance, by about twice as much as the wave changes from one step to the next. */
function beside(forecast: (row: number) => number) {
  const predictions = Float32Array.from(
    { length: ROWS },
    (_, row) => forecast(row) + 0.6 * (random.uniform() - 0.5),
  );
  let error = 0;
  for (const [row, target] of train.targets.entries())
    error += (target - (predictions[row] as number)) ** 2 / ROWS;
  const evaluation = { lossOverVariance: error / 0.5, outputs: [{ predictions }] } as unknown as Evaluation;
  const subject = { train, heldOut: train, steps: 100 } as unknown as Subject;
  const trace = {} as unknown as TrainingRun["trace"];
  return againstLastValue(subject, { train: evaluation, heldOut: evaluation, steps: 100, trace });
}

test("a forecast that knows where a series goes has learnt it, though its last value is nearer", () => {
  const knows = beside((row) => wave[row + STEPS] as number);

  expect(knows?.ratio).toBeGreaterThan(2);
  expect(knows?.beats).toBe(true);
});

test("one that is as far off and repeats the last value has not, nor has one that draws it towards the mean: the twins", () => {
  const last = (row: number) => wave[row + STEPS - 1] as number;

  expect(beside(last)).toMatchObject({ beats: false });
  expect(beside((row) => 0.8 * last(row))).toMatchObject({ beats: false });
});
