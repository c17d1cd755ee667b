// Codes that a network takes by their size keep it from learning; looked up, they are learnt.

import { input, layers, model, type SymbolicTensor, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { findCutCodes } from "../../../src/judging/evidence/reference/cutCodes.ts";
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

describe("codes between 0 and 1 before one of two embeddings", () => {
  const random = seedStream(3, "spec/codes/cut");
  const rows = Array.from({ length: 60 }, () => [
    Math.floor(9 * random.uniform()),
    Math.floor(9 * random.uniform()),
  ]);
  const find = async (divisor: number) => {
    const examples = {
      inputs: { user: rows.map(([user = 0]) => [user / divisor]), film: rows.map(([, film = 0]) => [film]) },
      targets: rows.map(([user = 0, film = 0]) => [Math.sin(user * film)]),
    };
    return findCutCodes(
      await createSubject(
        defineSubject({
          name: "stars",
          buildModel,
          examples: { train: examples },
          training: { steps: 1 },
        }).config() as OwnConfig,
      ),
    );
  };
  const buildModel = () => {
    const [user, film] = [input({ shape: [1], name: "user" }), input({ shape: [1], name: "film" })];
    const vectors = [user, film].map(
      (one) => layers.embedding({ inputDim: 9, outputDim: 2 }).apply(one) as SymbolicTensor,
    );
    const flat = layers.flatten().apply(layers.concatenate().apply(vectors)) as SymbolicTensor;
    return model({ inputs: [user, film], outputs: layers.dense({ units: 1 }).apply(flat) as SymbolicTensor });
  };

  test("are found, with the input that holds them", async () => {
    const cut = await find(8);
    expect(cut?.readings).toMatchObject([{ as: "codes", input: 0 }]);
    expect(cut?.left).toBeLessThan(3);
  });

  test("are none where they are whole, or where cutting them off leaves most apart", async () => {
    expect(await find(1)).toBeNull();
    expect(await find(1.25)).toBeNull();
  });
});
