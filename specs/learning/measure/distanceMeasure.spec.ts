// A loss of distances, such as a contrastive loss, asks for other numbers than its targets, and is sound. One of the wrong
// sign asks for other numbers too, and is not.

import {
  abs,
  add,
  clipByValue,
  div,
  log,
  maximum,
  mean,
  mul,
  neg,
  square,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { findDistanceMeasure, LOSS_ABOVE_LEAST } from "../../../src/learning/measure/distanceMeasure.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { definition, sound, trained } from "../../judging/evidence/loss/ownLosses.ts";

type Written = (y: Tensor, p: Tensor) => Tensor;

beforeAll(async () => {
  await startEngineUnderTest();
});

function examplesOf(targets: readonly number[]): Examples {
  return {
    inputs: Float32Array.from(targets, (_, row) => Math.sin(row)),
    targets: Float32Array.from(targets),
    count: targets.length,
    outputs: 1,
    inputShape: [1],
  };
}

const binary = examplesOf(Array.from({ length: 60 }, (_, row) => Number(row % 3 === 0)));
const graded = examplesOf(Array.from({ length: 60 }, (_, row) => (row % 5) / 4));
const find = (loss: Written, train: Examples) => findDistanceMeasure(loss as Loss, train, 1);

/** Pulls pairs together by `same`, and pushes them apart to the margin by the rest. */
const contrastive =
  (margin: number, sameOf: (y: Tensor) => Tensor): Written =>
  (y, d) => {
    const same = sameOf(y);
    return mean(add(mul(same, square(d)), mul(sub(1, same), square(maximum(sub(margin, d), 0)))));
  };
const oneIsSame = (y: Tensor) => y;
const oneIsOther = (y: Tensor) => sub(1, y);

describe("a loss that asks for distances judges by itself", () => {
  const cases: readonly (readonly [string, Written, Examples, right: (y: number) => number])[] = [
    ["1 is the same, margin 1", contrastive(1, oneIsSame), binary, (y) => (y === 1 ? 0 : 1.6)],
    ["1 is the same, margin 2", contrastive(2, oneIsSame), binary, (y) => (y === 1 ? 0 : 7)],
    ["1 is another, margin 1", contrastive(1, oneIsOther), binary, (y) => (y === 1 ? 1.6 : 0)],
    ["graded", contrastive(1, oneIsSame), graded, (y) => 1 - y],
    ["graded, by the absolute error", (y, d) => mean(abs(sub(d, sub(1, y)))), graded, (y) => 1 - y],
  ];
  test.each(cases)("%s", async (_, loss, train, right) => {
    const measure = await find(loss, train);
    const { targets } = train;

    expect(measure?.name).toBe(LOSS_ABOVE_LEAST);
    const best = await measure?.best();
    expect(best?.error).toBeGreaterThan(0.01);
    const atRight = (await measure?.errorsOf(targets, targets.map(right))) ?? [1];
    expect(Math.max(...atRight)).toBeLessThan(1e-3);
  });
});

describe("a loss of the wrong sign, or one that is least elsewhere, does not", () => {
  const clipped = (p: Tensor) => clipByValue(p, 1e-6, 1 - 1e-6);
  const likelihood: Written = (y, p) =>
    mean(add(mul(y, log(clipped(p))), mul(sub(1, y), log(sub(1, clipped(p))))));
  const cases: readonly (readonly [string, Written])[] = [
    ["a squared error of the wrong sign", (y, p) => neg(mean(square(sub(y, p))))],
    ["a crossentropy of the wrong sign", likelihood],
    ["the overlap that should be large", (y, p) => div(sum(mul(y, p)), add(sum(add(y, p)), 1e-6))],
    ["a contrastive loss of the wrong sign", (y, d) => neg(contrastive(1, oneIsSame)(y, d))],
    [
      "a contrastive loss without its margin",
      (y, d) => mean(sub(mul(y, square(d)), mul(sub(1, y), square(d)))),
    ],
    ["a contrastive loss that only pulls", (y, d) => mean(mul(y, square(d)))],
    ["a contrastive loss that only pushes", (y, d) => mean(mul(sub(1, y), square(maximum(sub(1, d), 0))))],
    ["a loss of means", (y, p) => square(sub(mean(y), mean(p)))],
  ];
  test.each(cases)("%s", async (_, loss) => {
    expect(await find(loss, binary)).toBeNull();
    expect(await find(loss, graded)).toBeNull();
  });
});

test.each(sound.filter(([, [target]]) => target !== "oneHot" && target !== "directions"))(
  "%s asks for its targets",
  async (_, _kind, loss) => {
    expect(await find(loss, binary)).toBeNull();
    expect(await find(loss, graded)).toBeNull();
  },
);

test("a run under a contrastive loss learns, and none under its wrong sign", async () => {
  const changes = {
    classification: false,
    training: { steps: 300, optimizer: { name: "adam", learningRate: 0.02 } },
  } as const;
  const right = await trained(definition(["labels", "linear"], contrastive(1, oneIsSame), changes));
  const wrong = await trained(
    definition(["labels", "linear"], (y, d) => neg(contrastive(1, oneIsSame)(y, d)), changes),
  );

  expect(right.run.train.outputs[0]?.measured?.name).toBe(LOSS_ABOVE_LEAST);
  expect(right.run.train.outputs[0]?.measured?.error).toBeLessThan(0.05);
  expect(wrong.run.train.outputs[0]?.measured ?? null).toBeNull();
  expect(wrong.run.train.lossOverVariance).toBeGreaterThan(1);
});
