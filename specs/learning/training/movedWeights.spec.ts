// Some networks begin as a line on purpose: a weight of 0 scales each residual branch. Whether layers can do more than one
// linear layer is asked of what training can reach.

import { initializers, input, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { trainableVariables } from "../../../src/learning/training/gradients.ts";
import { withMovedWeights } from "../../../src/learning/training/movedWeights.ts";
import { read } from "../../../src/learning/training/read.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { type AnyModel, anyModel, subjectOf } from "./anyModel.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const { examples } = anyModel.find(({ name }) => name === "a frozen base") as AnyModel;

/** x + f(x), where `last` makes what the branch f adds. */
function residual(activation: "tanh" | "relu" | "linear", last: object) {
  const x = input({ shape: [4] });
  const embedded = layers.dense({ units: 6 }).apply(x);
  const up = layers.dense({ units: 8, activation }).apply(embedded);
  const down = layers.dense({ units: 6, useBias: false, ...last }).apply(up);
  const added = layers.add().apply([embedded, down] as Parameters<layers.Layer["apply"]>[0]);
  return model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(added) as typeof x });
}

const zeros = () => ({ kernelInitializer: initializers.zeros() });
const tiny = () => ({ kernelInitializer: initializers.randomNormal({ stddev: 1e-6, seed: 1 }) });

test.each([
  ["a kernel of zeros", "tanh", zeros, true],
  ["a kernel of next to nothing", "relu", tiny, true],
  ["a kernel of zeros with no activation: the twin", "linear", zeros, false],
  ["a kernel of zeros that stays: the twin", "tanh", () => ({ ...zeros(), trainable: false }), false],
] as const)("a residual branch behind %s", async (name, activation, last, bent) => {
  const build = () => residual(activation, last());

  const { survey } = await train(subjectOf({ name: name.replace(/\W+/g, "-"), examples, build }, 1));

  expect(survey?.nonlinearity).not.toBeNull();
  expect((survey?.nonlinearity ?? -1) >= 0.01).toBe(bent);
});

test("weights are moved, and get their values back, even where the measurement throws", async () => {
  const network = residual("tanh", zeros());
  const weights = trainableVariables(network);
  const values = () => Promise.all(weights.map(async (weight) => [...(await read(weight))]));
  const before = await values();

  expect(await withMovedWeights(weights, values)).not.toEqual(before);
  expect(await values()).toEqual(before);
  const failed = withMovedWeights(weights, () => Promise.reject(new Error("no answer")));
  await expect(failed).rejects.toThrow("no answer");
  expect(await values()).toEqual(before);
  network.dispose();
});
