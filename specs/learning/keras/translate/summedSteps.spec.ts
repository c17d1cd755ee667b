import { expect, test } from "vitest";
import type { ProgramArrays } from "../../../../src/learning/keras/translate/programArrays.ts";
import { withSummedSteps } from "../../../../src/learning/keras/translate/summedSteps.ts";

const table = (shape: number[], values: number[]) => ({ shape, values: Float32Array.from(values) });
const arrays = {
  x: [table([2, 3], [1, 2, 0, 1, 0, 0])],
  y: [table([2, 3], [1, 2, 0, 1, 0, 0]), table([2, 3], [0, 1, 0, 1, 0, 0])],
  shown: [table([2, 3], [1, 1, 0, 1, 0, 0]), table([2, 3], [1, 1, 0, 1, 0, 0])],
};
const mean = { config: { name: "mse" }, isSparse: false };
const sum = { ...mean, adds: true };

test("a sum leaves the steps out that a mask hides, and the mean of the other output stays as it is", () => {
  const { shown, sampleWeights } = withSummedSteps(arrays, [sum, mean]);

  expect(sampleWeights?.map(({ values }) => [...values])).toEqual([
    [1, 1, 0, 1, 0, 0],
    [1, 1],
  ]);
  expect(shown?.map(({ values }) => [...values])).toEqual([
    [1, 1],
    [1, 1, 0, 1, 0, 0],
  ]);
});

test("the weights of examples, which Keras gives to each output, count for the steps that are shown", () => {
  const weighted = { ...arrays, heldOut: arrays, sampleWeights: [table([2], [3, 5])] };
  const { sampleWeights, heldOut } = withSummedSteps<ProgramArrays>(weighted, [sum, mean]);

  expect(sampleWeights?.map(({ values }) => [...values])).toEqual([
    [3, 3, 0, 5, 0, 0],
    [3, 5],
  ]);
  expect([...(heldOut?.sampleWeights?.[0]?.values ?? [])]).toEqual([1, 1, 0, 1, 0, 0]);
});

test("nothing changes where all losses are means, or nothing is hidden", () => {
  expect(withSummedSteps(arrays, [mean, mean])).toBe(arrays);
  const { shown: _, ...plain } = arrays;
  expect(withSummedSteps(plain, [sum, sum])).toEqual(plain);
});
