import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { noteVariables } from "../../../src/learning/subject/disposeModel.ts";
import { allLayers } from "../../../src/learning/subject/layerTree.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const config = defineSubject({
  name: "nested-dropout",
  buildModel: () =>
    sequential({
      layers: [
        sequential({
          layers: [layers.dense({ units: 4, inputShape: [2] }), layers.dropout({ rate: 0.4 })],
        }),
        layers.dense({ units: 1 }),
      ],
    }),
  examples: {
    train: {
      inputs: [
        [0, 1],
        [1, 0],
      ],
      targets: [[0], [1]],
    },
  },
}).config();

test("a rate reaches the layers of a model that stands as a layer, and its twin keeps its own", async () => {
  const rates = async (of: Config) => {
    const dispose = noteVariables();
    const model = await (await createSubject(of)).buildModel(1);
    const found = allLayers(model).flatMap((layer) => layer.getConfig().rate ?? []);
    dispose(model);
    return found;
  };

  expect(await rates(changeConfig(config, { "rework.dropout": 0 })?.config ?? config)).toEqual([0]);
  expect(await rates(config)).toEqual([0.4]);
});

test("a frozen base that stands as a layer is trained again, and its twin stays frozen", async () => {
  const frozenBase = () =>
    sequential({ layers: [layers.dense({ units: 4, inputShape: [2], trainable: false })] });

  const frozen = defineSubject({
    name: "nested-base",
    examples: { train: { inputs: [[0, 1]], targets: [[0]] } },
    buildModel: () => sequential({ layers: [frozenBase(), layers.dense({ units: 1 })] }),
  }).config();
  const trained = async (of: Config) => {
    const dispose = noteVariables();
    const model = await (await createSubject(of)).buildModel(1);
    const found = model.trainableWeights.length;
    dispose(model);
    return found;
  };

  expect(await trained(changeConfig(frozen, { "rework.trainable": true })?.config ?? frozen)).toBe(4);
  expect(await trained(frozen)).toBe(2);
});
