// Of six classes one is never predicted: that leaves few wrong answers in all, and is no learning of that class.

import { expect, test } from "vitest";
import { columnVariances } from "../../../src/foundation/numbers/statistics.ts";
import { hasFlatOutput } from "../../../src/judging/outcome/flatOutput.ts";
import { forgottenClass } from "../../../src/judging/outcome/forgottenClass.ts";
import type { OutputEvaluation } from "../../../src/learning/training/evaluation.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";

/** Writes class numbers as one-hot rows of six classes. */
const oneHot = (classes: readonly number[]) =>
  Float32Array.from(classes.flatMap((own) => [0, 1, 2, 3, 4, 5].map((number) => (number === own ? 1 : 0))));

/** Describes an output of six classes whose rows are answered so. */
function outputOf(wanted: readonly number[], answered: readonly number[]): OutputEvaluation {
  const targets = oneHot(wanted);
  const predictions = oneHot(answered);
  const spread = columnVariances(targets, 6);
  return {
    shape: [6],
    classification: true,
    examples: wanted.length,
    targets,
    predictions,
    varianceRatio: 0.9,
    varianceRatios: [...columnVariances(predictions, 6)].map((own, at) => own / (spread[at] as number)),
    lossOverVariance: 0.25,
    errorOverPrior: 0.2,
    measured: null,
  } as unknown as OutputEvaluation;
}

const strict = { attainable: null };
/** Each class in turn, and the same with class 3 answered as class 4. */
const inTurn = Array.from({ length: 240 }, (_, row) => row % 6);
const without3 = inTurn.map((own) => (own === 3 ? 4 : own));

test("a class as common as the others that is never predicted is forgotten, and its output flat", () => {
  const outputs = [outputOf(inTurn, without3)];
  expect(forgottenClass({ outputs }, strict)).toMatchObject({ number: 3, ratio: 0 });
  expect(hasFlatOutput({ finite: true, train: { outputs } } as unknown as TrainingRun, strict)).toBe(true);
});

test("a class that is predicted for a few rows is not: the twin", () => {
  const outputs = [
    outputOf(
      inTurn,
      without3.map((own, row) => (row < 12 ? (inTurn[row] as number) : own)),
    ),
  ];
  expect(forgottenClass({ outputs }, strict)).toBeNull();
  expect(hasFlatOutput({ finite: true, train: { outputs } } as unknown as TrainingRun, strict)).toBe(false);
});

test("nor is a rare class, nor one that noise hides", () => {
  const rare = inTurn.map((own, row) => (own === 3 && row >= 100 ? 2 : own));
  expect(rare.filter((own) => own === 3).length).toBeLessThan(240 / 12);
  const given = rare.map((own) => (own === 3 ? 4 : own));
  expect(forgottenClass({ outputs: [outputOf(rare, given)] }, strict)).toBeNull();

  const noise = { lossOverVariance: 0.2, errorOverPrior: 0.2, ofNumbers: [0, 0, 0, 1, 0, 0] };
  const outputs = [outputOf(inTurn, without3)];
  expect(forgottenClass({ outputs }, { attainable: () => noise } as never)).toBeNull();
});
