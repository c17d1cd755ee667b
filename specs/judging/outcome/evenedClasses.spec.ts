import { describe, expect, test } from "vitest";
import { errorOfClasses, evenedClasses } from "../../../src/judging/outcome/evenedClasses.ts";
import { fairThresholds } from "../../../src/judging/outcome/fairThresholds.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { measureQuality } from "../../../src/learning/training/quality.ts";

const { thresholds } = parseConfig({});
const ROWS = 200;
/** One row in ten is of the rare class. */
const targets = Float32Array.from({ length: ROWS }, (_, row) => (row % 10 === 0 ? 1 : 0));

function examples(weightOfRare: number, weightOfCommon: number): Examples {
  return {
    inputShape: [1],
    inputs: Float32Array.from({ length: ROWS }, (_, row) => row),
    targets,
    outputs: 1,
    count: ROWS,
    classification: true,
    weights: targets.map((target) => (target === 1 ? weightOfRare : weightOfCommon)),
  } as Examples;
}

function evaluationOf(train: Examples, answer: (row: number) => number) {
  const part = targetParts(train)[0] as TargetPart;
  const predictions = targets.map((_, row) => answer(row));
  const { name, shape, classification } = part;
  return {
    ...measureQuality({ predictions, targets }, ROWS, part, null),
    name,
    shape,
    classification,
    loss: 0,
  };
}

/** Finds every rare row, and takes one common row in nine for one. */
const cautious = (row: number) => (row % 10 <= 1 ? 0.9 : 0.1);

function verdictOf(train: Examples, answer: (row: number) => number) {
  const output = evaluationOf(train, answer);
  const run = { finite: true, train: { ...output, outputs: [output] } };
  return judge(run, { ...fairThresholds({ train }, thresholds), attainable: null });
}

describe("weights that even classes out", () => {
  test("judge a run that gives up common answers for rare ones, as it was asked to", () => {
    const train = examples(9, 1);

    expect(evaluationOf(train, cautious).errorOverPrior).toBe(1);
    expect(errorOfClasses(evaluationOf(train, cautious), evenedClasses(train))).toBeCloseTo(1 / 9);
    expect(verdictOf(train, cautious)).toBe("learns");
  });

  test("excuse no run without them, nor one whose weights are upside down: the twins", () => {
    const { weights: _weights, ...plain } = examples(1, 1);

    for (const train of [plain, examples(1, 1), examples(1, 9)]) {
      expect(evenedClasses(train).size).toBe(0);
      expect(verdictOf(train, cautious)).toBe("stalled");
    }
  });

  test("excuse no constant, whichever class it names", () => {
    const train = examples(9, 1);

    for (const constant of [0.1, 0.9]) {
      const output = evaluationOf(train, () => constant);
      expect(errorOfClasses(output, evenedClasses(train))).toBeGreaterThanOrEqual(1);
      expect(verdictOf(train, () => constant)).toBe("collapsed");
    }
  });

  test("leave the answer as it is where it is the better one", () => {
    const missesHalfOfTheRare = (row: number) => (row % 20 === 0 ? 0.9 : 0.1);
    const output = evaluationOf(examples(9, 1), missesHalfOfTheRare);

    expect(errorOfClasses(output, evenedClasses(examples(9, 1)))).toBe(output.errorOverPrior);
  });
});
