import {
  isNaN as areMissing,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { markMeantGaps } from "../../../../src/learning/keras/translate/meantGaps.ts";
import type { TranslatedLoss } from "../../../../src/learning/keras/translate/recipe/translateLoss.ts";
import { isKnownToLeaveOut } from "../../../../src/learning/loss/leftOutTargets.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const NONE = Number.NaN;
const targets = { shape: [4, 2], values: Float32Array.from([1, 10, NONE, 20, 3, NONE, 2, 30]) };

/** Adds up the distances of the targets that are known. */
const distances = (truth: Tensor, answers: Tensor) =>
  sum(where(areMissing(truth), zerosLike(truth), sub(truth, answers)));

const lossOf = (leavesGapsOut: boolean) =>
  ({
    config: { name: "mse" },
    isSparse: false,
    leavesGapsOut,
    own: () => distances,
  }) as unknown as TranslatedLoss;

test("targets that a loss leaves out are finite numbers of their own, which the loss never hears", () => {
  const { train, losses } = markMeantGaps({ train: { targets: [targets] }, heldOut: null }, [lossOf(true)]);
  const values = train.targets[0]?.values as Float32Array;
  const loss = losses[0]?.own?.(false) as typeof distances;
  const heard = tidy(() => loss(tensor(values, [4, 2]), tensor(new Float32Array(8), [4, 2])).dataSync()[0]);

  expect([...values].every(Number.isFinite)).toBe(true);
  expect([1, 3, 2]).not.toContain(values[2]);
  expect([10, 20, 30]).not.toContain(values[5]);
  expect(heard).toBe(66);
  expect(isKnownToLeaveOut(loss)).toBe(true);
});

test("targets that are missing by mistake stay so, and so does the loss: the twin", () => {
  const losses = [lossOf(false)];
  const marked = markMeantGaps({ train: { targets: [targets] }, heldOut: null }, losses);

  expect(marked.train.targets[0]).toBe(targets);
  expect(marked.losses).toBe(losses);
});
