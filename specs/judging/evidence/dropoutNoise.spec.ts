// The same weights in training and in evaluation mode: dropout is named where it carries the loss, and not for its rate.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { tooMuchRegularisation } from "../../../src/judging/diagnosis/causes/tooMuchRegularisation.ts";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const inputs = Array.from({ length: 256 }, (_, row) => [Math.sin(row), Math.cos(2.3 * row)]);
const targets = inputs.map((row) => {
  const [a, b] = row as [number, number];
  return [2 * a * b + a];
});

interface Recipe {
  readonly rate: number;
  /** Whether dropout stands before the first layer, which then misses half of what it is told. */
  readonly first: boolean;
  readonly learningRate: number;
}

async function runOf({ rate, first, learningRate }: Recipe) {
  const config = defineSubject({
    name: "dropped",
    buildModel: () =>
      sequential({
        layers: [
          ...(first && rate > 0 ? [layers.dropout({ rate, inputShape: [2] })] : []),
          layers.dense({ units: 32, activation: "relu", inputShape: [2] }),
          ...(!first && rate > 0 ? [layers.dropout({ rate })] : []),
          layers.dense({ units: 32, activation: "relu" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: { inputs, targets } },
    training: { steps: 400, optimizer: { name: "adam", learningRate } },
  }).config();
  const subject = await createSubject(config);
  const run = await train(subject);
  const findings = await diagnose(subject, run, config);
  return { run, found: findings.find(({ cause }) => cause === tooMuchRegularisation.name) ?? null };
}

beforeAll(async () => {
  await startEngineUnderTest();
});

test("dropout that carries the loss is named, with both errors", async () => {
  const { run, found } = await runOf({ rate: 0.5, first: true, learningRate: 0.01 });
  const noise = run.survey?.dropoutNoise;

  expect(noise?.withNoise).toBeGreaterThan(1.4 * (noise?.without ?? Number.NaN));
  expect(found?.evidence).toMatch(/the same weights have an error of .* of Var\(Y\), in evaluation/);
});

test.each([
  ["does not reach the weights that tiny steps leave alone", { rate: 0.5, first: false, learningRate: 1e-5 }],
  ["is no fault of a run that huge steps have killed", { rate: 0.5, first: false, learningRate: 0.5 }],
  ["is no fault of a run that learns", { rate: 0.5, first: false, learningRate: 0.01 }],
])("the same rate %s", async (_, recipe) => {
  expect((await runOf(recipe)).found).toBeNull();
});

test("a model without dropout has no such noise", async () => {
  const { run } = await runOf({ rate: 0, first: false, learningRate: 0.01 });

  expect(run.survey?.dropoutNoise).toBeNull();
});
