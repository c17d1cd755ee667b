import { describe, expect, test } from "vitest";
import { findLossMisfit } from "../../../src/judging/evidence/lossFit.ts";
import type { Output } from "../../../src/judging/evidence/outputs.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { targetParts, withOutput } from "../../../src/learning/subject/parts.ts";

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

  test.each([
    ["two that may both be right", [1, 1, 0, 1], 2],
    ["three", [1, 0, 0, 0, 1, 0], 3],
  ])("does not fit %s", (_, targets, units) => {
    expect(findLossMisfit(softmaxOutput(targets, units))?.change).toBe("loss");
  });
});
