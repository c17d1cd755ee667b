import { describe, expect, test } from "vitest";
import { findLossMisfit } from "../../../../src/judging/evidence/loss/lossFit.ts";
import { type Output, outputsOf } from "../../../../src/judging/evidence/targets/outputs.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { targetParts, withOutput } from "../../../../src/learning/subject/parts.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import type { Survey } from "../../../../src/learning/training/survey.ts";

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

/** The units that compete in an output of one softmax, behind a layer of so many units. */
function competing(targets: readonly number[], size: number, units: number): number | undefined {
  const count = targets.length / size;
  const train: Examples = {
    count,
    inputShape: [1],
    outputs: size,
    inputs: new Float32Array(count),
    targets: Float32Array.from(targets),
  };
  const survey = { heads: [{ layer: "score", activation: "softmax" }], layers: [{ layer: "score", units }] };
  const subject = { train, loss: { name: "categoricalCrossentropy" } };
  return outputsOf(subject as unknown as Subject, survey as unknown as Survey)[0]?.group;
}

describe("the numbers that compete", () => {
  test("are all of a row where one layer scores each candidate by a call of its own", () => {
    expect(competing([1, 0, 0, 0, 1, 0], 3, 1)).toBe(3);
  });

  test("are those of one position where each has a class of its own", () => {
    expect(competing([1, 0, 0, 1, 0, 1, 1, 0], 4, 2)).toBe(2);
  });
});
