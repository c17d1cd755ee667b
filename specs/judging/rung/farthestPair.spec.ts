// Two examples that contradict each other cannot be told apart, so that no law may ask it of them.

import { expect, test } from "vitest";
import { farthestPair } from "../../../src/judging/rung/farthestExample.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

function rowsOf(inputs: readonly number[][], targets: readonly number[][], others: Partial<Examples> = {}) {
  return {
    inputs: Float32Array.from(inputs.flat()),
    targets: Float32Array.from(targets.flat()),
    count: inputs.length,
    inputShape: [inputs[0]?.length ?? 0],
    outputs: targets[0]?.length ?? 0,
    ...others,
  };
}

const perStep = {
  targetParts: [{ name: "letters", shape: [2, 1], classification: false }],
  inputShape: [2],
};

test("examples with the same inputs and other targets are no pair", () => {
  const far = rowsOf([[1], [1], [2]], [[9], [-9], [-5]]);
  expect(farthestPair(far)).toEqual([0, 2]);
  expect(farthestPair(rowsOf([[1], [1]], [[9], [-9]]))).toBeNull();
});

test("sequences that begin alike and have other targets there are no pair", () => {
  const inputs = [
    [1, 2],
    [1, 3],
    [4, 3],
  ];
  const targets = [
    [9, 9],
    [-9, -9],
    [-8, -8],
  ];
  expect(farthestPair(rowsOf(inputs, targets, perStep))).toEqual([0, 2]);
});

test("the farthest two are the pair where nothing contradicts: the twins", () => {
  expect(farthestPair(rowsOf([[1], [3], [2]], [[9], [-9], [-5]]))).toEqual([0, 1]);
  const alike = [
    [9, 9],
    [9, -9],
    [8, 8],
  ];
  const inputs = [
    [1, 2],
    [1, 3],
    [4, 3],
  ];
  expect(farthestPair(rowsOf(inputs, alike, perStep))).toContain(1);
  // One target for a whole row is known from all of its inputs.
  expect(farthestPair(rowsOf(inputs, [[9], [-9], [-8]]))).toEqual([0, 1]);
});
