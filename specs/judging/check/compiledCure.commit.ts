import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

/** Checks a compiled model that would learn at a rate of 0.02, and trains it at another. */
async function checkAtRate(learningRate: number) {
  const x = Array.from({ length: 64 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
  const y = x.map(([a, b]) => (a as number) - 0.5 * (b as number));
  const model = sequential({
    layers: [layers.dense({ inputShape: [2], units: 8, activation: "tanh" }), layers.dense({ units: 1 })],
  });
  model.compile({ loss: "meanSquaredError", optimizer: "adam" });
  Object.assign(model.optimizer, { learningRate });
  const result = await check(model, { x, y, epochs: 100, batchSize: 16, engine });
  model.dispose();
  return result;
}

test("the rate of a compiled model that is too low is cured", async () => {
  const { verdict, cause, cure } = await checkAtRate(1e-6);

  expect(verdict).not.toBe("learns");
  expect(cause?.name).toBe("learning-rate-too-low");
  expect(cure?.change).toContain("learningRate");
});

test("one that fits is not: the twin", async () => {
  expect(await checkAtRate(0.02)).toMatchObject({ verdict: "learns", cause: null, cure: null });
});
