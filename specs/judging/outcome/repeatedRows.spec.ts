// A run that has seen few examples again and again is held to more on examples that it has not seen.

import { describe, expect, test } from "vitest";
import { worstHeldOut } from "../../../src/judging/outcome/heldOutError.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

const COUNT = 320;

function drawn(count: number, distinct: number, from = 0): Examples {
  const at = (row: number) => from + (row % distinct);
  return {
    inputs: Float32Array.from({ length: count }, (_, row) => Math.sin(1.7 * at(row))),
    targets: Float32Array.from({ length: count }, (_, row) => Math.cos(2.3 * at(row))),
    count,
    outputs: 1,
    inputShape: [1],
  };
}

/** The bound on a held-out error that is so large a share of the targets' variance. */
function boundFor(train: Examples, heldOut: Examples, share: number): number | undefined {
  const predictions = heldOut.targets.map((target) => target * (1 - Math.sqrt(share)));
  const output = {
    name: "output 0",
    shape: [1],
    classification: false,
    examples: heldOut.count,
    meanSquaredError:
      heldOut.targets.reduce((sum, target, row) => sum + (target - (predictions[row] as number)) ** 2, 0) /
      heldOut.count,
    errorOverPrior: null,
    measured: null,
    targets: heldOut.targets,
    predictions,
  };
  const run = { heldOut: { outputs: [output] } } as unknown as TrainingRun;
  return worstHeldOut({ train, heldOut } as unknown as Subject, run)?.bound;
}

describe("the bound on the held-out error", () => {
  const heldOut = drawn(100, 100, 1000);

  test("is that of the verdict where each training example stands in the set twenty times", () => {
    expect(boundFor(drawn(COUNT, COUNT / 20), heldOut, 0.4)).toBe(0.2);
  });

  test("is half of a constant's error where they are all different, or hardly any others exist: the twins", () => {
    expect(boundFor(drawn(COUNT, COUNT), heldOut, 0.4)).toBe(0.5);
    expect(boundFor(drawn(COUNT, 16), drawn(100, 16), 0.4)).toBe(0.5);
  });
});
