import { expect, test } from "vitest";
import { fillGaps } from "../../../../src/learning/keras/translate/fillGaps.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { withGaps } from "../../../../src/learning/subject/gaps.ts";

const table = (columns: number, values: readonly number[]) => ({
  shape: [values.length / columns, columns],
  values: Float32Array.from(values),
});
const { NaN: none, POSITIVE_INFINITY: infinite } = Number;

test("each gap gets the mean of its column, an infinite number its largest or least, and an empty column 0", () => {
  const inputs = [table(3, [1, none, 5, 3, none, 6, infinite, none, 7])];
  const { sides, gaps } = fillGaps({ inputs, targets: [table(1, [4, none, 8])] });

  expect([...(sides.inputs[0]?.values ?? [])]).toEqual([1, 0, 5, 3, 0, 6, 3, 0, 7]);
  const below = fillGaps({ inputs: [table(1, [-infinite, 2, -4])], targets: [] }).sides;
  expect([...(below.inputs[0]?.values ?? [])]).toEqual([-4, 2, -4]);
  expect([...(sides.targets[0]?.values ?? [])]).toEqual([4, 6, 8]);
  expect(gaps).toEqual({
    count: 3,
    rows: Int32Array.of(0, 1, 2),
    where: "columns 0, 1 of the inputs and the only column of the targets",
  });
});

test("numbers that are all there stay as they are: the twin", () => {
  const given = { inputs: [table(2, [1, 2, 3, 4])], targets: [table(1, [5, 6])] };
  const { sides, gaps } = fillGaps(given);

  expect(gaps).toBeNull();
  expect(sides.inputs[0]).toBe(given.inputs[0]);
});

test("a run is trained on the gaps, where it is trained on the examples that have them", () => {
  const train: Examples = {
    count: 3,
    inputShape: [1],
    outputs: 2,
    inputs: Float32Array.of(1, 2, 3),
    targets: Float32Array.of(1, 2, 3, 4, 5, 6),
  };
  const gaps = { count: 3, rows: Int32Array.of(1), where: "the only column of the inputs" };

  expect([...withGaps(train, gaps).targets]).toEqual([1, 2, none, none, 5, 6]);
  expect(withGaps({ ...train, count: 2 }, gaps).targets).toBe(train.targets);
  expect(withGaps(train, undefined)).toBe(train);
});
