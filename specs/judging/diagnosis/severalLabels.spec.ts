import { expect, test } from "vitest";
import { fittingLoss } from "../../../src/judging/diagnosis/cure/fittingLoss.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

/** Three examples with two units each, whose targets are classes. */
function classes(targets: readonly number[], severalLabels: boolean): Examples {
  return {
    count: 3,
    inputShape: [1],
    outputs: 2,
    inputs: new Float32Array(3),
    targets: Float32Array.from(targets),
    classification: true,
    targetParts: [{ name: "output 0", shape: [2], classification: true, severalLabels }],
  };
}

test("units that may all be right are given a sigmoid each, since a softmax would make them compete", () => {
  expect(fittingLoss(classes([1, 1, 0, 1, 0, 0], true))).toEqual({
    "model.outputActivation": "sigmoid",
    "training.loss": { name: "binaryCrossentropy" },
  });
});

test("units of which one is right are given a softmax", () => {
  expect(fittingLoss(classes([1, 0, 0, 1, 1, 0], false))).toEqual({
    "model.outputActivation": "softmax",
    "training.loss": { name: "categoricalCrossentropy" },
  });
});
