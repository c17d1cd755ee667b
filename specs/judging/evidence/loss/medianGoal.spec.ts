import { expect, it } from "vitest";
import { findMedianGoal } from "../../../../src/judging/evidence/loss/medianGoal.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";

const DAYS = 100;
const dry = Float32Array.from({ length: DAYS }, (_, day) => (day % 4 === 0 ? 8 : 0));
const output = (targets: Float32Array, name = "mae") =>
  ({
    loss: { name },
    prefix: "",
    part: { size: 1, classification: false },
    train: { targets },
  }) as unknown as Output;
const answered = (targets: Float32Array, answer: number) => ({
  targets,
  predictions: targets.map(() => answer),
});

it("says that a mean absolute error asks for the value that most targets have", () => {
  expect(findMedianGoal(output(dry), answered(dry, 0.1))).toContain("75 % of the targets are 0");
});

it("says nothing of another loss, of answers that are as high as the targets, and of targets that differ", () => {
  const wet = dry.map((_, day) => day);

  expect(findMedianGoal(output(dry, "mse"), answered(dry, 0.1))).toBeNull();
  expect(findMedianGoal(output(dry), answered(dry, 2))).toBeNull();
  expect(findMedianGoal(output(wet), answered(wet, 0.1))).toBeNull();
});
