import { dispose, tensor2d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const side = Array.from({ length: 64 }, (_, row) => (row % 2 === 0 ? 1 : -1));

/** Trains a single unit for a few steps from weights of 0, so that its answers still lie close together. */
async function checkUnit(activation: "linear" | "sigmoid", loss: string, target: (side: number) => number) {
  const model = sequential();
  model.add(layers.dense({ units: 1, activation, inputShape: [1], kernelInitializer: "zeros" }));
  model.compile({ optimizer: "sgd", loss });
  const x = tensor2d(side.map((one) => [one]));
  const y = tensor2d(side.map((one) => [target(one)]));
  try {
    return await check(model, { x, y, epochs: 2, batchSize: 32, engine, cures: false });
  } finally {
    model.dispose();
    dispose([x, y]);
  }
}

test("probabilities that name the right classes count as varying, however close together they lie", async () => {
  const { verdict, laws, run } = await checkUnit("sigmoid", "binaryCrossentropy", (one) => (one + 1) / 2);

  expect(run.train.varianceRatio).toBeLessThan(0.05);
  expect(verdict).toBe("learns");
  expect(laws.find(({ name }) => name === "predictionsVary")).toMatchObject({ holds: true });
});

test("numbers that lie as close together do not: the twin", async () => {
  const { verdict, laws } = await checkUnit("linear", "meanSquaredError", (one) => one);

  expect(verdict).toBe("collapsed");
  expect(laws.find(({ name }) => name === "predictionsVary")).toMatchObject({ holds: false });
});
