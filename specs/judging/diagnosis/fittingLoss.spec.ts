import { expect, test } from "vitest";
import { fittingLoss } from "../../../src/judging/diagnosis/cure/fittingLoss.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

/** Targets of two examples with this shape. */
function examples(shape: readonly number[], targets: readonly number[]): Examples {
  const outputs = shape.reduce((all, side) => all * side, 1);
  return {
    ...{ inputs: Float32Array.of(0, 1), inputShape: [1], count: 2, outputs, classification: true },
    targets: Float32Array.from(targets),
    targetParts: [{ name: "output 0", shape: [...shape], classification: true }],
  };
}

test("the units of a mask, one at each position, do not compete", () => {
  const mask = examples([2, 2, 1], [0, 1, 1, 0, 1, 0, 0, 0]);

  expect(fittingLoss(mask)["model.outputActivation"]).toBe("sigmoid");
});

test("the classes of each position do: the twin", () => {
  const classes = examples([2, 2], [0, 1, 1, 0, 1, 0, 0, 1]);

  expect(fittingLoss(classes)["model.outputActivation"]).toBe("softmax");
});
