// Rows that were sorted by their class before they were split hold out one end of the classes, of which a few came to training.

import { describe, expect, test } from "vitest";
import { worstHeldOut } from "../../../src/judging/outcome/heldOutError.ts";
import { FEW_ERRORS } from "../../../src/judging/outcome/learntClasses.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

const CLASSES = 3;

/** Examples of the given classes, in that order. */
function ofClasses(labels: readonly number[]): Examples {
  return {
    inputs: Float32Array.from(labels, (label, row) => label + Math.sin(row)),
    targets: Float32Array.from(labels.flatMap((label) => oneHot(label))),
    count: labels.length,
    outputs: CLASSES,
    inputShape: [1],
    classification: true,
  };
}

function oneHot(label: number): number[] {
  return Array.from({ length: CLASSES }, (_, place) => Number(place === label));
}

/** The bound on the held-out error of a run that takes four of ten held-out rows for class 1, and knows the others. */
function boundFor(labels: readonly number[], split: number): number | undefined {
  const [train, heldOut] = [ofClasses(labels.slice(0, split)), ofClasses(labels.slice(split))];
  const answers = labels.slice(split).flatMap((label, row) => oneHot(row % 10 < 4 ? 1 : label));
  const output = {
    name: "output 0",
    shape: [CLASSES],
    classification: true,
    examples: heldOut.count,
    errorOverPrior: null,
    measured: null,
    targets: heldOut.targets,
    predictions: Float32Array.from(answers),
  };
  const run = { heldOut: { outputs: [output] } } as unknown as TrainingRun;
  return worstHeldOut({ train, heldOut } as unknown as Subject, run)?.bound;
}

describe("the bound on the held-out error of classes", () => {
  const sorted = Array.from({ length: 150 }, (_, row) => Math.floor(row / 50));

  test("asks for few errors where the rows are sorted, and one end of them is held out", () => {
    expect(boundFor(sorted, 110)).toBe(FEW_ERRORS);
  });

  test("is half of a constant's errors where the same rows come in turns: the twin", () => {
    const inTurns = sorted.map((_, row) => row % CLASSES);

    expect(boundFor(inTurns, 110)).toBe(0.5);
  });
});
