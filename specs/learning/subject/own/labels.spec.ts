import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { defineProduct } from "../ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const inputs = [[0], [1], [2], [3]];

async function labelsOf(targets: number[] | number[][], units: number, parts: object = {}) {
  const own = defineProduct({
    name: "labels",
    classification: true,
    examples: { train: { inputs, targets } },
    buildModel: () => sequential({ layers: [layers.dense({ inputShape: [1], units })] }),
    ...parts,
  });
  const { train } = await createSubject(own.config());
  return { outputs: train.outputs, targets: [...train.targets] };
}

describe("classes", () => {
  test("are class numbers where the model has an output for each, and are made one-hot", async () => {
    const oneHot = { outputs: 3, targets: [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0] };

    expect(await labelsOf([0, 1, 2, 1], 3)).toEqual(oneHot);
    expect(await labelsOf([[0], [1], [2], [1]], 3)).toEqual(oneHot);
    expect(await labelsOf([0, 1, 1, 0], 2)).toEqual({ outputs: 2, targets: [1, 0, 0, 1, 0, 1, 1, 0] });
    expect(
      await labelsOf([0, 1, 2, 1], 3, { classification: undefined, loss: "sparseCategoricalCrossentropy" }),
    ).toEqual(oneHot);
  });

  test("have a column for each class that is named, also one that no unit stands for", async () => {
    const { outputs, targets } = await labelsOf([0, 1, 2, 3], 3);

    expect(outputs).toBe(4);
    expect(targets.slice(-4)).toEqual([0, 0, 0, 1]);
  });

  test.each([
    [[0, 1, 2, 1], 1, 3],
    [[0, 1, 2, 5000], 3, 4],
    [[0, 1, -1, 1], 3, 4],
  ])("have one column for all numbers that are no unit's: %j", async (targets, units, outputs) => {
    const found = await labelsOf(targets, units);

    expect(found.outputs).toBe(outputs);
    expect(found.targets.filter((one) => one === 1)).toHaveLength(4);
  });

  test("stay what they are where they are 0 and 1 of one output, or one-hot", async () => {
    expect(await labelsOf([0, 1, 1, 0], 1)).toEqual({ outputs: 1, targets: [0, 1, 1, 0] });
    const rows = [
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ];
    expect(await labelsOf(rows, 2)).toEqual({ outputs: 2, targets: rows.flat() });
  });

  test.each<[number[] | number[][], number, string]>([
    [[0, 1, 2.5, 1], 3, "a whole number from 0 to 2"],
    [[0, 1, 0.5, 1], 1, "must be 0 or 1"],
    [
      [
        [1, 1],
        [0, 1],
        [1, 0],
        [1, 0],
      ],
      2,
      "must hold a single 1 among zeros in each row",
    ],
    [
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 0],
      ],
      2,
      "(row 0, from 0, does not)",
    ],
    [
      [
        [0.5, 0.5],
        [0, 1],
        [1, 0],
        [1, 0],
      ],
      2,
      "must hold a single 1",
    ],
  ])("%j of a model with %i outputs are refused", async (targets, units, said) => {
    await expect(labelsOf(targets, units)).rejects.toThrow(said);
    await expect(labelsOf(targets, units, { classification: false })).resolves.toBeDefined();
  });
});
