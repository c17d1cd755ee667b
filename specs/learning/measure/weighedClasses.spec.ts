import { add, clipByValue, log, mean, mul, neg, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { findWeighedAnswers } from "../../../src/learning/measure/weighedClasses.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const PLACES = 10;
const COUNT = 100;

/** Rows of places, of which one in so many is 1. */
function masks(every: number): Examples {
  return {
    count: COUNT,
    inputShape: [1],
    inputs: new Float32Array(COUNT),
    outputs: PLACES,
    targets: Float32Array.from({ length: COUNT * PLACES }, (_, at) => (at % every === 0 ? 1 : 0)),
    targetParts: [{ name: "mask", shape: [PLACES, 1], classification: false }],
  };
}

/** A crossentropy that weighs ones so many times as much. */
const weighing = (weight: number) =>
  ((y: Tensor, given: Tensor) => {
    const p = clipByValue(given, 1e-6, 1 - 1e-6);
    return neg(mean(add(mul(mul(weight, y), log(p)), mul(sub(1, y), log(sub(1, p))))));
  }) as Loss;

const find = (weight: number, every: number) => {
  const train = masks(every);
  return findWeighedAnswers(weighing(weight), train, targetParts(train)[0] as Placed<TargetPart>, 1);
};

test("answers count as a loss counts them that weighs the rare class more", async () => {
  const measure = await find(9, 20);
  const { targets } = masks(20);

  expect((await measure?.best())?.error).toBeCloseTo(9 / 20, 4);
  // To find every 1 is worth more than as many false alarms, and to name none is no better than to name all.
  const alarms = targets.map((target, at) => (target === 1 || at % 20 === 1 ? 1 : 0));
  const meanOf = async (answers: Float32Array) => {
    const errors = (await measure?.errorsOf(targets, answers)) ?? new Float32Array();
    return errors.reduce((sum, error) => sum + error / errors.length, 0);
  };
  expect(await meanOf(alarms)).toBeCloseTo(1 / 20, 4);
  expect(await meanOf(targets.map(() => 0))).toBeCloseTo(9 / 20, 4);
  expect(await meanOf(targets)).toBe(0);
});

test("weights never make more of the rare class than of the other", async () => {
  expect((await (await find(1000, 20))?.best())?.error).toBeCloseTo(19 / 20, 4);
});

test("answers count alike where the loss counts them alike, favours the common class, or no class is rare", async () => {
  expect(await find(1, 20)).toBeNull();
  expect(await find(0.1, 20)).toBeNull();
  expect(await find(9, 2)).toBeNull();
});
