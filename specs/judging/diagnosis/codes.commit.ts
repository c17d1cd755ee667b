// Codes that a network takes by their size keep it from learning; looked up, they are learnt.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

test("names codes that are taken as numbers first, and proves a table of them as the cure", async () => {
  const random = seedStream(1, "spec/codes/cure");
  const sells = Array.from({ length: 40 }, () => random.uniform() - 0.5);
  const rows = Array.from({ length: 600 }, () => Math.floor(40 * random.uniform()));
  const config = defineSubject({
    name: "sales-by-town",
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 16, activation: "relu", inputShape: [1] }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: {
      train: { inputs: rows.map((town) => [town]), targets: rows.map((town) => [sells[town] as number]) },
    },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, steps: 300 },
  }).config() as OwnConfig;
  const outcome = await trainAndDiagnose(await createSubject(config), config);
  const { causes, cure } = await proveCure(config, outcome, { bitExact: true });

  expect(causes[0]).toMatchObject({ cause: "inputs-not-normalised", status: "proven" });
  expect(cure?.values).toEqual({ "rework.lookUp": 40 });
});

test("names codes that a division has cut off before an embedding, and proves the whole ones as the cure", async () => {
  const random = seedStream(2, "spec/codes/divided");
  const rows = Array.from({ length: 400 }, () => Math.floor(12 * random.uniform()));
  const config = defineSubject({
    name: "sales-by-divided-codes",
    buildModel: () =>
      sequential({
        layers: [
          layers.embedding({ inputDim: 12, outputDim: 4, inputLength: 1 }),
          layers.flatten(),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: {
      train: {
        inputs: rows.map((town) => [town / 12]),
        targets: rows.map((town) => [Math.sin(town * town)]),
      },
    },
    training: { optimizer: { name: "adam", learningRate: 0.02 }, steps: 400 },
  }).config() as OwnConfig;
  const outcome = await trainAndDiagnose(await createSubject(config), config);
  const { causes, cure } = await proveCure(config, outcome, { bitExact: true });

  expect(causes[0]).toMatchObject({ cause: "blind-network", status: "proven" });
  expect(causes[0]?.evidence).toContain("cuts all of them off");
  expect(cure?.values).toMatchObject({ "data.readInputs": [{ as: "codes" }] });
});
