import { expect, test } from "vitest";
import type { Case } from "../../../src/judging/diagnosis/cause.ts";
import { wrongOutputActivation } from "../../../src/judging/diagnosis/causes/wrongOutputActivation.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";

const CLASSES = 3;
const rows = Array.from({ length: 30 }, (_, row) => row % CLASSES);
const oneHot = (classes: readonly number[]) =>
  Float32Array.from(classes.flatMap((own) => Array.from({ length: CLASSES }, (_, at) => Number(at === own))));
const train: Examples = {
  count: rows.length,
  inputShape: [1],
  inputs: Float32Array.from(rows),
  outputs: CLASSES,
  targets: oneHot(rows),
  classification: true,
};

/** A failed run that tells each row one of these classes, by scores behind an activation. */
async function examine(beforeLink: string, told: readonly number[]) {
  const [part] = targetParts(train);
  const loss = { name: "categoricalCrossentropy", labelSmoothing: 0, fromLogits: true };
  const output = {
    part,
    train,
    loss,
    activation: "softmax",
    earlier: null,
    beforeLink,
    group: CLASSES,
    prefix: "",
  };
  const evaluation = { predictions: oneHot(told), targets: train.targets, lossOverVariance: 0.6 };
  const run = { train: { outputs: [evaluation] }, trace: { probes: [] } };
  const survey = { heads: [], layers: [] };
  const found = await wrongOutputActivation.examine({
    outputs: [output],
    run,
    survey,
    fails: "training",
  } as unknown as Case);
  return found?.evidence ?? null;
}

test("scores that a relu cuts off are named where classes are never told", async () => {
  expect(
    await examine(
      "relu",
      rows.map((own) => Math.min(own, 1)),
    ),
  ).toMatch(/pass relu first.*1 of 3 classes are never told/);
});

test("they are not where every class is told, and scores of both signs are not at all: the twins", async () => {
  expect(await examine("relu", rows)).toBeNull();
  expect(
    await examine(
      "linear",
      rows.map((own) => Math.min(own, 1)),
    ),
  ).toBeNull();
});
