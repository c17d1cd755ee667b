import { input, type LayersModel, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, expect, test } from "vitest";
import { rework as reworkSchema } from "../../../../src/learning/config/reworkSchema.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

const built: LayersModel[] = [];
afterEach(() => {
  for (const one of built.splice(0)) one.dispose();
});
beforeAll(async () => {
  await startEngineUnderTest();
});

type Layers = NonNullable<Parameters<typeof sequential>[0]>["layers"];
const chain = (made: Layers) => sequential({ layers: made ?? [] });

/** The same layers as a functional model. */
function graph(made: NonNullable<Layers>, shape: number[]): LayersModel {
  const start = input({ shape });
  const end = made.reduce((before, layer) => layer.apply(before) as typeof start, start);
  return model({ inputs: start, outputs: end });
}

async function outputOf(given: LayersModel, changes: object): Promise<unknown> {
  built.push(given);
  const changed = await rebuild(given, reworkSchema.parse(changes));
  built.push(changed);
  return changed.outputs[0]?.shape.slice(1);
}

const steps = (inputShape?: number[]) => [
  layers.lstm({ units: 3, ...(inputShape && { inputShape }) }),
  layers.dense({ units: 1 }),
];
const convolutions = (inputShape?: number[]) => [
  layers.conv2d({ filters: 4, kernelSize: 3, ...(inputShape && { inputShape }) }),
  layers.conv2d({ filters: 2, kernelSize: 3, activation: "softmax" }),
];

test("a recurrent model gives an output at every step", async () => {
  expect(await outputOf(chain(steps([6, 2])), { everyStep: true })).toEqual([6, 1]);
  expect(await outputOf(graph(steps(), [6, 2]), { everyStep: true })).toEqual([6, 1]);
  expect(await outputOf(chain(steps([6, 2])), {})).toEqual([1]);
});

test("a padded convolution gives as many places as it takes", async () => {
  expect(await outputOf(chain(convolutions([8, 8, 1])), { samePadding: true })).toEqual([8, 8, 2]);
  expect(await outputOf(chain(convolutions([8, 8, 1])), {})).toEqual([4, 4, 2]);
});

test("a model that ends in a convolution gives one output for each example by an average", async () => {
  expect(await outputOf(chain(convolutions([8, 8, 1])), { flatten: true })).toEqual([2]);
  expect(await outputOf(graph(convolutions(), [8, 8, 1]), { flatten: true })).toEqual([2]);
});

test("the last convolution gets other filters", async () => {
  expect(await outputOf(chain(convolutions([8, 8, 1])), { outputUnits: 5 })).toEqual([4, 4, 5]);
});

test("the axes of an input are swapped before the first layer", async () => {
  const everyStep = () => [layers.lstm({ units: 3, returnSequences: true }), layers.dense({ units: 1 })];
  const named = layers.lstm({ units: 3, returnSequences: true, inputShape: [2, 6] });
  const ending = layers.dense({ units: 1 });

  expect(await outputOf(chain([named, ending]), { swapAxes: true })).toEqual([6, 1]);
  expect(await outputOf(graph(everyStep(), [2, 6]), { swapAxes: true })).toEqual([6, 1]);
  expect(await outputOf(graph(everyStep(), [2, 6]), {})).toEqual([2, 1]);
});

test("codes are looked up before the first layer: those of steps step by step, those of a row side by side", async () => {
  const row = (inputShape?: number[]) => [layers.dense({ units: 2, ...(inputShape && { inputShape }) })];

  expect(await outputOf(chain(row([3])), { lookUp: 9 })).toEqual([2]);
  expect(await outputOf(graph(row(), [3]), { lookUp: 9 })).toEqual([2]);
  expect(await outputOf(chain(steps([6, 1])), { lookUp: 9 })).toEqual([1]);
  expect(await outputOf(graph(steps(), [6, 1]), { lookUp: 9 })).toEqual([1]);
  await expect(outputOf(chain(convolutions([8, 8, 1])), { lookUp: 9 })).rejects.toThrow(/rework/);
});
