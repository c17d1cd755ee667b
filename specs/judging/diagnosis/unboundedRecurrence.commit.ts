// A recurrent layer applies its activation at every step: without a bound, its state may grow until nothing is finite.

import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { findUnboundedRecurrence } from "../../../src/judging/evidence/series/unboundedRecurrence.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const STEPS = 30;
const random = seedStream(8, "spec/unboundedRecurrence");
const rows = Array.from({ length: 64 }, () =>
  Array.from({ length: STEPS }, () => [6 * random.uniform() - 2]),
);

function subject(activation: "relu" | "tanh", isWrapped = false) {
  const rnn = () =>
    layers.simpleRNN({
      units: 24,
      activation,
      recurrentInitializer: initializers.randomNormal({ stddev: 0.3, seed: 2 }),
      ...(isWrapped ? {} : { inputShape: [STEPS, 1] }),
    });
  return defineSubject({
    name: `recurrence-${activation}${isWrapped ? "-wrapped" : ""}`,
    buildModel: () =>
      sequential({
        layers: [
          isWrapped
            ? layers.bidirectional({ layer: rnn() as never, mergeMode: "concat", inputShape: [STEPS, 1] })
            : rnn(),
          layers.dense({ units: 1 }),
        ],
      }),
    loss: "mse",
    examples: {
      train: { inputs: rows, targets: rows.map((row) => [(row.at(-1)?.[0] as number) / 2]) },
    },
    training: { optimizer: { name: "sgd", learningRate: 0.05 }, batchSize: 16, steps: 40 },
  }).config() as OwnConfig;
}

test.each([false, true])("a relu in a recurrent layer is found, wrapped: %s", async (isWrapped) => {
  const found = await findUnboundedRecurrence(await createSubject(subject("relu", isWrapped)));
  expect(found).toMatchObject({ activation: "relu" });
});

test("a tanh is bounded: the twin", async () => {
  expect(await findUnboundedRecurrence(await createSubject(subject("tanh")))).toBeNull();
});

test("a run that it blows up names it, and tanh as the remedy", async () => {
  const config = subject("relu");
  const { findings } = await trainAndDiagnose(await createSubject(config), config);
  const finding = findings.find(({ cause }) => cause === "exploding-gradients");

  expect(finding?.evidence).toContain("takes relu at every step");
  expect(finding?.remedy).toEqual({ "rework.activation": "tanh" });
});
