// Classes that a script evened out by drawing rows again are judged, on rows as they are, as those of training.

import { describe, expect, test } from "vitest";
import { countErrors } from "../../../src/foundation/numbers/classError.ts";
import { worstHeldOut } from "../../../src/judging/outcome/heldOutError.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

/** So many rows of each of two classes, in turns of chance. */
function ofClasses(common: number, rare: number): Examples {
  const count = common + rare;
  const isRare = (row: number) => (row * 7919) % count < rare;
  return {
    inputs: Float32Array.from({ length: count }, (_, row) => Math.sin(row * row)),
    targets: Float32Array.from({ length: count }, (_, row) => Number(isRare(row))),
    count,
    outputs: 1,
    inputShape: [1],
    classification: true,
  };
}

/** The held-out error of a run that takes one common row of twenty for a rare one, and finds so many of ten rare ones. */
function errorFor(train: Examples, heldOut: Examples, found: number): number | undefined {
  const predictions = heldOut.targets.map((target, row) =>
    target === 1 ? Number((row * 31) % 10 < found) : Number(row % 20 === 0),
  );
  const { wrong, wrongOfCommonest } = countErrors(predictions, heldOut.targets, 1);
  const output = {
    name: "output 0",
    shape: [1],
    classification: true,
    examples: heldOut.count,
    errorOverPrior: wrong / wrongOfCommonest,
    measured: null,
    targets: heldOut.targets,
    predictions,
  };
  const run = { heldOut: { outputs: [output] } } as unknown as TrainingRun;
  return worstHeldOut({ train, heldOut } as unknown as Subject, run)?.error;
}

describe("rows of a rare class that were drawn again", () => {
  const heldOut = ofClasses(570, 30);

  test("ask for both classes, so that a few rare answers too many are no fault", () => {
    expect(errorFor(ofClasses(300, 300), heldOut, 9)).toBeLessThan(0.3);
  });

  test("excuse no run that misses the rare rows: the twin", () => {
    expect(errorFor(ofClasses(300, 300), heldOut, 3)).toBeGreaterThan(0.5);
  });

  test("are not there where training has the same shares: the twin", () => {
    expect(errorFor(ofClasses(570, 30), heldOut, 9)).toBeGreaterThan(0.5);
  });

  test("tell nothing of a class that is hardly held out", () => {
    expect(errorFor(ofClasses(300, 300), ofClasses(395, 5), 9)).toBeGreaterThan(0.5);
  });
});
