// Targets of which the weights of their steps leave one value alone: nothing can be learnt from them until all count.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { constantLabels } from "../../../src/judging/diagnosis/causes/constantLabels.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const ROWS = 48;
/** The last two of four steps only fill a sequence up. */
const steps = (counts: readonly number[]) => ({
  weights: [
    { shape: [ROWS, 4], values: Float32Array.from(Array.from({ length: ROWS }, () => counts).flat()) },
  ],
  shown: [],
});

function subject(name: string, counts: readonly number[]) {
  const words = Array.from({ length: ROWS }, (_, row) => [Math.sin(7 * row), Math.cos(11 * row), 0, 0]);
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [4, 1], units: 8, activation: "tanh" }),
          layers.dense({ units: 2, activation: "softmax" }),
        ],
      }),
    classification: true,
    loss: "categoricalCrossentropy",
    examples: {
      train: {
        inputs: words.map((row) => row.map((word) => [word])),
        targets: words.map((row) => row.map((word) => [Number(word <= 0), Number(word > 0)])),
        steps: steps(counts),
      },
    },
    training: { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 16, steps: 60 },
  } as never).config() as OwnConfig;
}

test("are named with the weights as what makes them alike, and differ once all count", async () => {
  const config = subject("unheard", [0, 0, 1, 1]);
  const made = await createSubject(config);
  const { findings } = await trainAndDiagnose(made, config);
  const [change] = (await constantLabels.cures?.(config)) ?? [];
  const cured = change?.config as OwnConfig;

  expect(findings[0]?.cause).toBe("constant-labels");
  expect(findings[0]?.evidence).toContain("steps whose weight is 0");
  expect(change?.values).toEqual({ "data.withoutWeights": true });
  expect((await trainAndDiagnose(await createSubject(cured), cured)).verdict).toBe("learns");
});

test("are none where the weights leave out what fills a sequence up: the twin", async () => {
  const config = subject("heard", [1, 1, 0, 0]);
  const { findings, verdict } = await trainAndDiagnose(await createSubject(config), config);
  expect([verdict, findings]).toEqual(["learns", []]);
});
