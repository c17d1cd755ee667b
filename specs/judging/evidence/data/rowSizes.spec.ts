import { expect, it } from "vitest";
import { sameSizeOf } from "../../../../src/judging/evidence/data/rowSizes.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const ROWS = 50;
const number = (row: number, column: number) => (1 + (row % 7)) * (2 + Math.sin(row * 1.7 + column * 2.3));

/** @param divide what the numbers of a row are divided by */
function table(divide: (row: readonly number[]) => number, columns = 4): Examples {
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: columns }, (_, column) => number(row, column)),
  );
  const inputs = Float32Array.from(rows.flatMap((row) => row.map((value) => value / divide(row))));
  return { count: ROWS, inputShape: [columns], outputs: 1, inputs, targets: new Float32Array(ROWS) };
}

it("finds rows that were each divided by their own length or largest number", () => {
  expect(sameSizeOf(table((row) => Math.hypot(...row)))).toBe("length");
  expect(sameSizeOf(table((row) => Math.max(...row)))).toBe("largest number");
});

it("finds none where rows keep their sizes, among shares, in directions, in wide tables and among flags", () => {
  const flags = table(() => 1);

  expect(sameSizeOf(table(() => 9))).toBeNull();
  expect(sameSizeOf(table((row) => row.reduce((sum, value) => sum + value)))).toBeNull();
  expect(sameSizeOf(table((row) => Math.hypot(...row), 3))).toBeNull();
  expect(sameSizeOf(table((row) => Math.hypot(...row), 80))).toBeNull();
  expect(sameSizeOf({ ...flags, inputs: flags.inputs.map((_, at) => (at % 3 === 0 ? 1 : 0)) })).toBeNull();
});
