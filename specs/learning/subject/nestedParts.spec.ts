// What a rework changes within models that stand as layers, as an encoder and a decoder do.

import { engine } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { ReworkConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { noteVariables } from "../../../src/learning/subject/disposeModel.ts";
import { allLayers } from "../../../src/learning/subject/layerTree.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

interface Units {
  readonly first: "tanh" | "elu";
  readonly start?: "zeros" | "heNormal";
}

/** An encoder and a decoder, and the same layers in one chain. */
function autoencoder({ first, start = "heNormal" }: Units, isNested: boolean): LayersModel {
  const part = (units: number, activation: "tanh" | "elu" | "relu" | "linear", inputs?: number) =>
    layers.dense({ units, activation, kernelInitializer: start, ...(inputs && { inputShape: [inputs] }) });
  if (!isNested) return sequential({ layers: [part(4, first, 3), part(2, first), part(3, "relu")] });
  const encoder = sequential({ layers: [part(4, first, 3), part(2, first)] });
  return sequential({ layers: [encoder, sequential({ layers: [part(3, "relu", 2)] })] });
}

/** A setting of the dense layers once they are reworked. */
async function settings(key: string, rework: Partial<ReworkConfig>, units: Units, isNested: boolean) {
  const config = defineSubject({
    name: "autoencoder",
    buildModel: () => autoencoder(units, isNested),
    examples: { train: { inputs: [[0, 1, 2]], targets: [[0, 1, 2]] } },
  }).config();
  const values = Object.fromEntries(Object.entries(rework).map(([name, value]) => [`rework.${name}`, value]));
  const before = new Set(Object.values(engine().registeredVariables));
  const dispose = noteVariables();
  const model = await (await createSubject(changeConfig(config, values)?.config ?? config)).buildModel(1);
  const found = allLayers(model).flatMap((layer) => layer.getConfig()[key] ?? []);
  dispose(model);
  // TensorFlow.js leaves some weights of the model that was rebuilt behind.
  for (const one of Object.values(engine().registeredVariables)) if (!before.has(one)) one.dispose();
  return found.map((one) => (typeof one === "object" ? (one as { className: string }).className : one));
}

test.each([true, false])(
  "the last layer of the last model gets the activation of the output (nested: %s)",
  async (isNested) => {
    expect(await settings("activation", { outputActivation: "linear" }, { first: "tanh" }, isNested)).toEqual(
      ["tanh", "tanh", "linear"],
    );
  },
);

test("saturating units of a model that stands as a layer are replaced, and others stay, which may have come with weights", async () => {
  const activations = (first: "tanh" | "elu") =>
    settings("activation", { activation: "relu" }, { first }, true);

  expect(await activations("tanh")).toEqual(["relu", "relu", "relu"]);
  expect(await activations("elu")).toEqual(["elu", "elu", "relu"]);
});

test("kernels of zeros are drawn, and others stay as they are", async () => {
  const initializers = (start: "zeros" | "heNormal") =>
    settings("kernelInitializer", { kernelInitializer: "glorotUniform" }, { first: "tanh", start }, true);

  expect(await initializers("heNormal")).toEqual(["VarianceScaling", "VarianceScaling", "VarianceScaling"]);
  expect(await initializers("zeros")).toEqual(await initializers("heNormal"));
  expect(await settings("kernelInitializer", {}, { first: "tanh", start: "zeros" }, true)).toContain("Zeros");
});
