import { expect, test } from "vitest";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { standardiseExamples } from "../../../src/learning/subject/standardise.ts";

const grey = (inputs: number[], targets: number[], classification = false): Examples => ({
  count: inputs.length,
  inputShape: [1],
  inputs: Float32Array.from(inputs),
  outputs: 1,
  targets: Float32Array.from(targets),
  classification,
});
const none = { standardiseInputs: false, standardiseTargets: false };
const train = grey([0, 51, 255], [10, 30, 50]);

test("grey values are mapped to 0 to 1 by the training examples, the targets too", () => {
  const scaled = standardiseExamples(grey([102, 510], [20, 70]), () => train, {
    ...none,
    unitInputs: true,
    unitTargets: true,
  });

  expect([...scaled.inputs]).toEqual([Math.fround(0.4), 2]);
  expect([...scaled.targets]).toEqual([0.25, 1.5]);
});

test("classes stay, and so does everything where it is not asked for: the twin", () => {
  const classes = grey([0, 255], [0, 1], true);

  expect([...standardiseExamples(classes, () => classes, { ...none, unitTargets: true }).targets]).toEqual([
    0, 1,
  ]);
  expect(standardiseExamples(train, () => train, none)).toBe(train);
});

test("both scales together give what standardising alone gives", () => {
  const both = standardiseExamples(train, () => train, {
    ...none,
    unitInputs: true,
    standardiseInputs: true,
  });
  const alone = standardiseExamples(train, () => train, { ...none, standardiseInputs: true });

  expect([...both.inputs].map((value) => value.toFixed(4))).toEqual(
    [...alone.inputs].map((value) => value.toFixed(4)),
  );
});
