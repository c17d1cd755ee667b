// A wrapper applies its layer to each step of a sequence: the activation within it is that of its outputs.

import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { activationLayers } from "../../../src/learning/training/activationLayers.ts";
import type { Call } from "../../../src/learning/training/calls.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

function activationsOf(model: LayersModel): readonly string[] {
  const calls = model.layers.map((layer, at): Call => ({ layer, path: layer.name, from: [at - 1] }));
  const found = activationLayers(calls).map(({ activation }) => activation);
  model.dispose();
  return found;
}

test.each([
  [
    "softmax",
    [
      layers.timeDistributed({
        layer: layers.dense({ units: 3, activation: "softmax" }),
        inputShape: [4, 2],
      }),
    ],
  ],
  [
    "softmax",
    [
      layers.timeDistributed({ layer: layers.dense({ units: 3 }), inputShape: [4, 2] }),
      layers.timeDistributed({ layer: layers.activation({ activation: "softmax" }) }),
    ],
  ],
  ["linear", [layers.timeDistributed({ layer: layers.dense({ units: 3 }), inputShape: [4, 2] })]],
] as const)("the outputs of each step pass %s last", (activation, stack) => {
  expect(activationsOf(sequential({ layers: [...stack] }))).toEqual([activation]);
});
