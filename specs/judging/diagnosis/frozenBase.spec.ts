// The layers of a frozen base are meant to stay: their updates of 0 say nothing about the learning rate.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const COUNT = 64;
const inputs = Array.from({ length: COUNT }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
const targets = inputs.map(([a, b]) => (a as number) * 0.8 - (b as number) * 0.5);

function headOnABase(learningRate: number) {
  return defineSubject({
    name: "head",
    buildModel: () =>
      sequential({
        layers: [
          ...[0, 1, 2].map((place) =>
            layers.dense({
              units: 12,
              activation: "tanh",
              trainable: false,
              ...(place === 0 && { inputShape: [2] }),
            }),
          ),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: { inputs, targets } },
    training: { optimizer: { name: "adam", learningRate }, steps: 12, batchSize: 32 },
  });
}

async function causesAt(learningRate: number): Promise<readonly string[]> {
  const config = headOnABase(learningRate).config();
  const { findings } = await trainAndDiagnose(await createSubject(config), { thresholds: config.thresholds });
  return findings.map(({ cause }) => cause);
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a head that is trained on a frozen base", () => {
  test("is not accused of small steps because the base stays", async () => {
    expect(await causesAt(0.01)).not.toContain("learning-rate-too-low");
  });

  test("is accused of them where its own steps are small", async () => {
    expect(await causesAt(1e-6)).toContain("learning-rate-too-low");
  });
});
