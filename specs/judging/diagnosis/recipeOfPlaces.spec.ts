import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { soundRecipes } from "../../../src/judging/diagnosis/cure/recipe.ts";
import { defineCompiledModel } from "../../../src/learning/subject/compiled/compiledModel.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

/** Whether the sound recipe scales what a network is given, whose first layer is this one. */
async function scalesInputs(first: layers.Layer): Promise<boolean> {
  await startEngineUnderTest();
  const model = sequential({ layers: [first, layers.flatten({}), layers.dense({ units: 1 })] });
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  const x = { shape: [4, ...first.batchInputShape.slice(1)] as number[], values: [0, 1, 2, 3] };
  const config = (await defineCompiledModel(model, { x, y: [3, 1, 2, 0] })).config();
  model.dispose();
  const recipes = await soundRecipes(config);
  return recipes.some(({ values }) => values["data.standardiseInputs"] === true);
}

test("the recipe leaves places in a list as they are, and scales measurements", async () => {
  expect(await scalesInputs(layers.embedding({ inputDim: 4, outputDim: 2, inputLength: 1 }))).toBe(false);
  expect(await scalesInputs(layers.dense({ units: 3, inputShape: [1, 1] }))).toBe(true);
});
