import { describe, expect, test } from "vitest";
import { findLossMisfit } from "../../../../src/judging/evidence/loss/lossFit.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { targetParts, withOutput } from "../../../../src/learning/subject/parts.ts";

/** An output of softmax units whose loss is a binary crossentropy. */
function softmaxOutput(targets: readonly number[], units: number): Output {
  const count = targets.length / units;
  const examples: Examples = {
    count,
    inputShape: [1],
    outputs: units,
    inputs: new Float32Array(count),
    targets: Float32Array.from(targets),
  };
  const [part] = targetParts(examples);
  if (!part) throw new Error("examples have an output");
  return {
    part,
    train: withOutput(examples, part),
    loss: { name: "binaryCrossentropy" },
    activation: "softmax",
    earlier: null,
    beforeLink: null,
    group: units,
    prefix: "",
  };
}

describe("a binary crossentropy over softmax units", () => {
  test("fits two that name one class, since it then is the categorical one", () => {
    expect(findLossMisfit(softmaxOutput([1, 0, 0, 1], 2))).toBeNull();
  });

  test("is the wrong loss for three of which one is right", () => {
    expect(findLossMisfit(softmaxOutput([1, 0, 0, 0, 1, 0], 3))?.change).toBe("loss");
  });

  test.each([
    ["two", [1, 1, 0, 1], 2],
    ["three", [1, 1, 0, 0, 0, 0], 3],
  ])("is right for %s that may all be right, whose softmax is wrong", (_, targets, units) => {
    expect(findLossMisfit(softmaxOutput(targets, units))?.change).toBe("output activation");
  });
});
