import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const WORDS = 12;
const rows = Array.from({ length: 160 }, (_, row) => [row % WORDS, (row * 5 + (row % 3)) % WORDS]);
const targets = rows.map(([first = 0, second = 0]) => [Math.sin(first) + Math.cos(second)]);

/** Looks words up in a table that is not trained, and holds zeros where it is empty. */
function subject(isEmpty: boolean) {
  return defineSubject({
    name: "table",
    buildModel: () =>
      sequential({
        layers: [
          layers.embedding({
            inputDim: WORDS,
            outputDim: 16,
            inputLength: 2,
            trainable: false,
            embeddingsInitializer: isEmpty ? "zeros" : "randomNormal",
          }),
          layers.flatten(),
          layers.dense({ units: 24, activation: "relu" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: {
      train: { inputs: rows.slice(0, 120), targets: targets.slice(0, 120) },
      heldOut: { inputs: rows.slice(120), targets: targets.slice(120) },
    },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, steps: 400 },
  });
}

test("a frozen table of embeddings that is empty is cured by training it, and drawing it if need be", async () => {
  const { causes, cure } = await check(subject(true));
  expect(causes[0]).toMatchObject({ name: "blind-network", status: "proven" });
  expect(cure?.change).toContain("rework.trainable");
});

test("a frozen table that is not empty hides nothing: the twin", async () => {
  const { causes } = await check(subject(false), { cures: false });
  expect(causes.map(({ name }) => name)).not.toContain("blind-network");
});
