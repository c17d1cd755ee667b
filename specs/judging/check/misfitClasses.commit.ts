import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const rows = (set: string, count: number) => {
  const shift = set === "train" ? 0 : 0.5;
  return Array.from({ length: count }, (_, row) => [Math.sin(row + shift), Math.cos(3 * (row + shift))]);
};

describe("class numbers of a model whose units are fewer, or others", () => {
  const labelled = (name: string, first: number, heldOutFirst = first, step = 1) =>
    defineSubject({
      name,
      classification: true,
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
            layers.dense({ units: 3, activation: "softmax" }),
          ],
        }),
      examples: ({ set, count }) => {
        const inputs = rows(set, count);
        const begin = set === "train" ? first : heldOutFirst;
        const classOf = (sum: number) => (sum < -0.4 ? 0 : sum < 0.4 ? 1 : 2);
        return { inputs, targets: inputs.map(([a = 0, b = 0]) => [begin + step * classOf(a + b)]) };
      },
      data: { examples: 150, heldOut: 60 },
      training: {
        loss: { name: "categoricalCrossentropy" },
        optimizer: { name: "adam", learningRate: 0.01 },
        batchSize: 30,
        steps: 300,
      },
    });

  test("from 1 is a finding: no unit stands for the last class", async () => {
    const { causes, cure } = await check(labelled("from-one", 1), { engine });

    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(causes[0]?.evidence).toContain("4 classes from 0, and the model has 3 units");
    expect(cure?.config).toMatchObject({ data: { classes: [1, 2, 3] } });
  });

  test("that are no units' at all are numbered anew", async () => {
    const { causes, cure } = await check(labelled("from-below", -1, -1, 2), { engine });

    expect(causes[0]?.evidence).toContain("the class numbers go from -1 to 3, and the model has 3 units");
    expect(cure?.config).toMatchObject({ data: { classes: [-1, 1, 3] } });
  });

  test("from 0 fit: the twin", async () => {
    expect((await check(labelled("from-zero", 0), { engine })).holds).toBe(true);
  });

  test("that only held-out examples have are refused, since nothing can learn them", async () => {
    await expect(check(labelled("from-elsewhere", 0, 1), { engine })).rejects.toThrow(
      /examples \(heldOut\): must be of the classes that training has/,
    );
  });
});
