import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { findSuspects } from "../../../src/judging/diagnosis/cure/suspects.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const inputs = Array.from({ length: 64 }, (_, row) => [Math.sin(3 * row), Math.cos(5 * row)]);

function subject(name: string, decoupledWeightDecay: number) {
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: { inputs, targets: inputs.map(([a = 0, b = 0]) => [a + 0.5 * b]) } },
    training: {
      optimizer: { name: "adam", learningRate: 0.01, decoupledWeightDecay },
      batchSize: 32,
      steps: 120,
    },
  }).config() as OwnConfig;
}

test("a decay beside the gradient that takes the weights is named first, and taken out", async () => {
  const config = subject("decayed-beside", 20);
  const { findings, verdict } = await trainAndDiagnose(await createSubject(config), config);
  const [suspect] = await findSuspects(config, findings);

  expect(verdict).not.toBe("learns");
  expect(findings[0]?.cause).toBe("too-much-regularisation");
  expect(findings[0]?.evidence).toContain("weight decay of 20 shrank");
  expect(suspect?.proposals[0]?.change.values).toMatchObject({
    "training.optimizer.decoupledWeightDecay": 0,
  });
});

test("a usual decay beside the gradient is not: the twin", async () => {
  const config = subject("decayed-usually", 0.01);
  expect((await trainAndDiagnose(await createSubject(config), config)).findings).toEqual([]);
});
