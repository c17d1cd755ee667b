import { sub, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { turnsOfPairs } from "../../../src/judging/diagnosis/cure/turnPairs.ts";
import type { TurnedPairs } from "../../../src/judging/evidence/loss/turnedPairs.ts";
import type { Question, Reading } from "../../../src/learning/subject/asked/question.ts";
import { outputLosses } from "../../../src/learning/subject/own/outputLosses.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const LABELS = { "data.turnLabels": true };
const LOSS = { "rework.turnLoss": "labels" };

beforeAll(async () => {
  await startEngineUnderTest();
});

function firstTurn(alikeIsHigh: boolean, readings: readonly Partial<Reading>[]): unknown {
  const asked = [{ readings }] as unknown as readonly Question[];
  return turnsOfPairs({ asked }, { words: "", alikeIsHigh } satisfies TurnedPairs)[0];
}

const decision = (above: boolean): Partial<Reading> => ({ does: "threshold", decided: true, at: 0.5, above });

test("the loss is turned where the script takes a small distance for the label of pairs that are alike", () => {
  expect(firstTurn(true, [decision(false)])).toEqual(LOSS);
  expect(firstTurn(false, [decision(true)])).toEqual(LOSS);
});

test("the labels are turned where it takes it for the other label, or takes it for neither: the twin", () => {
  expect(firstTurn(true, [decision(true)])).toEqual(LABELS);
  expect(firstTurn(false, [decision(false)])).toEqual(LABELS);
  expect(firstTurn(true, [decision(false), decision(true)])).toEqual(LABELS);
  expect(firstTurn(true, [])).toEqual(LABELS);
});

test("a turned loss takes 0 for 1 and 1 for 0, and other numbers for what they are", async () => {
  const loss = (targets: Tensor, predictions: Tensor) => sub(targets, predictions);
  const parts = [{ name: "output", shape: [1], size: 1, index: 0, start: 0 }];
  const of = (turn?: "labels") => {
    const made = outputLosses(
      "pairs",
      { loss, losses: null, lossWeights: null, turn },
      parts as never,
      {
        name: "mse",
      } as never,
    ) as unknown as (targets: Tensor, predictions: Tensor) => Tensor;
    return [0, 1, 7].map((target) => tidy(() => made(tensor([[target]]), tensor([[0]])).dataSync()[0]));
  };
  expect(of()).toEqual([0, 1, 7]);
  expect(of("labels")).toEqual([1, 0, 7]);
});
