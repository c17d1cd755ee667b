import { train } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const x = Array.from({ length: 160 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
const kinds = x.map(([a = 0, b = 0]) => (a + b < -0.4 ? 0 : a + b < 0.4 ? 1 : 2));
const rows = kinds.map((kind) => [0, 1, 2].map((one) => Number(one === kind)));

function compiled(units: number, loss: string) {
  const hidden = layers.dense({ inputShape: [2], units: 16, activation: "tanh" });
  const model = sequential({ layers: [hidden, layers.dense({ units, activation: "softmax" })] });
  model.compile({ loss, optimizer: train.adam(0.01) });
  return model;
}

async function judged(units: number, loss: string, y: number[] | number[][] | number[][][]) {
  const model = compiled(units, loss);
  try {
    return await check(model, { x, y, epochs: 30, batchSize: 16, engine });
  } finally {
    model.optimizer.dispose();
    model.dispose();
  }
}

describe("a compiled model whose targets do not fit is a finding with a cure", () => {
  test.each([
    ["class numbers from 1", kinds.map((kind) => kind + 1), 3, { data: { classes: [1, 2, 3] } }],
    ["two units for three classes", kinds, 2, { rework: { outputUnits: 3 } }],
    ["one-hot rows under a sparse loss", rows, 3, { data: { oneHot: true } }],
  ] as const)("where it has %s", async (_, y, units, changed) => {
    const { holds, causes, cure } = await judged(units, "sparseCategoricalCrossentropy", y as number[]);

    expect(holds).toBe(false);
    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(cure?.config).toMatchObject(changed);
  });

  test.each([
    ["of a higher rank", rows.map((row) => [row]), 3, { data: { targetShape: [3] } }],
    ["fewer than the units", rows, 5, { rework: { outputUnits: 3 } }],
  ] as const)("where the targets are %s", async (_, y, units, changed) => {
    const { causes, cure } = await judged(units, "categoricalCrossentropy", y as number[][]);

    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(causes[0]?.evidence).toContain("no loss can compare them");
    expect(cure?.config).toMatchObject(changed);
  });

  test("and is not named where they fit: the twin", async () => {
    const { holds, laws } = await judged(3, "sparseCategoricalCrossentropy", kinds);

    expect(laws.map(({ name }) => name)).not.toContain("outputsFitTargets");
    expect(holds).toBe(true);
  });
});
