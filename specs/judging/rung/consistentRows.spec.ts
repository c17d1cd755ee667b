import { expect, test } from "vitest";
import { consistentRows } from "../../../src/judging/rung/consistentRows.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

const examples = (inputs: readonly number[], targets: readonly number[]) =>
  ({
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from(targets),
    count: inputs.length,
    inputShape: [1],
    outputs: 1,
  }) as unknown as Examples;

test("of rows that contradict each other those stay that have the commonest target", () => {
  const noisy = examples([0, 0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 1, 0, 0]);
  expect(consistentRows(noisy, [0, 1, 3, 5, 6])).toEqual([1, 3, 6]);
});

test("rows that agree stay as they are, even where one of them is the rarer of its inputs: the twin", () => {
  const noisy = examples([0, 0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 1, 0, 0]);
  expect(consistentRows(noisy, [0, 3, 6])).toEqual([0, 3, 6]);
});
