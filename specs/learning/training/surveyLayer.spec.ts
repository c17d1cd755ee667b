import { expect, test } from "vitest";
import type { LayerWeights } from "../../../src/learning/training/layerWeights.ts";
import { surveyLayer } from "../../../src/learning/training/surveyLayer.ts";

/** How many units a layer of weights of these shapes is said to have. */
function unitsOf(...shapes: readonly number[][]): number {
  const variables = shapes.map((shape, at) => ({ name: `weight-${at}`, shape }));
  const weights = shapes.map((shape) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, Math.cos),
  );
  const layer = { layer: "some", frozen: false, variables } as unknown as LayerWeights;
  return surveyLayer(layer, { before: weights, after: weights }, new Map(), undefined).units;
}

test("the units are counted from the shapes of the weights", () => {
  expect(unitsOf([5, 7], [7])).toBe(7);
  expect(unitsOf([3, 3, 2, 6], [6])).toBe(6);
  expect(unitsOf([4, 32], [8, 32], [32])).toBe(8);
  expect(unitsOf([4, 24], [8, 24], [24])).toBe(8);
});

test("an attention has as many as its heads have numbers together, also where these are four times the heads", () => {
  expect(unitsOf([64, 4, 16], [4, 16], [64, 4, 16], [4, 16])).toBe(64);
  expect(unitsOf([48, 4, 12], [4, 12])).toBe(48);
  expect(unitsOf([5, 3, 12], [12])).toBe(12);
});
