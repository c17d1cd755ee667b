// Embeddings that stand side by side, as in a recommender: what the last of them is given is no hidden layer, but the input.

import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { subjectOf } from "./anyModel.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** A sum of two numbers for each code, with or without a layer behind it. */
function sums(ends: "sum" | "layer") {
  const start = input({ shape: [1] });
  const part = () => {
    const code = layers.reshape({ targetShape: [1] }).apply(start);
    const numbers = layers.embedding({ inputDim: 6, outputDim: 1 }).apply(code);
    return layers.flatten().apply(numbers) as SymbolicTensor;
  };
  const sum = layers.add().apply([part(), part()]) as SymbolicTensor;
  const outputs = ends === "sum" ? sum : (layers.dense({ units: 1 }).apply(sum) as SymbolicTensor);
  return model({ inputs: start, outputs });
}

async function nonlinearityOf(ends: "sum" | "layer") {
  const examples = (count: number) => {
    const codes = Array.from({ length: count }, (_, row) => row % 6);
    return { inputs: codes.map((code) => [code]), targets: codes.map((code) => Math.sin(3 * code)) };
  };
  const { survey } = await train(
    subjectOf({ name: `side-by-side-${ends}`, build: () => sums(ends), examples }),
  );
  return survey?.nonlinearity;
}

test("are not called a linear network", async () => {
  expect(await nonlinearityOf("sum")).toBeNull();
});

test("bend what a layer behind them is given: the twin", async () => {
  expect(await nonlinearityOf("layer")).toBeGreaterThan(0.01);
});
