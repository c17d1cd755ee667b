import { expect, test } from "vitest";
import { createCriterion, type LossChoice } from "../../../../src/learning/loss/criterion.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { evenLosses } from "../../../../src/learning/subject/own/evenLosses.ts";

/** Four examples with a number of variance 16, and one of two classes, one-hot, that occur alike. */
const TWO_OUTPUTS: Examples = {
  count: 4,
  inputShape: [1],
  outputs: 3,
  inputs: new Float32Array(4),
  targets: Float32Array.from(
    [
      [-4, 1, 0],
      [4, 0, 1],
      [-4, 0, 1],
      [4, 1, 0],
    ].flat(),
  ),
  targetParts: [
    { name: "number", shape: [1], classification: false },
    { name: "class", shape: [2], classification: true },
  ],
};

const losses = (number: "mse" | "mae"): LossChoice => [
  { loss: number === "mse" ? { name: "mse" } : { name: "mae" }, weight: 30 },
  { loss: { name: "categoricalCrossentropy" }, weight: 1 },
];

test.each([
  ["mse", 1 / 16],
  ["mae", 1 / 4],
] as const)("each output counts alike where it answers a constant: %s", (name, weight) => {
  const { weightOf } = createCriterion(evenLosses(losses(name), TWO_OUTPUTS));

  expect(weightOf(0)).toBeCloseTo(weight, 12);
  expect(weightOf(1)).toBeCloseTo(1 / Math.LN2, 12);
});

test("a single output keeps its loss: the twin", () => {
  const { targetParts: _, ...one } = TWO_OUTPUTS;
  const choice: LossChoice = { name: "mse" };
  expect(evenLosses(choice, { ...one, outputs: 1, targets: Float32Array.of(-4, 4, -4, 4) })).toBe(choice);
});
