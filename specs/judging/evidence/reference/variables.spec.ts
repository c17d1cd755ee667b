import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { countVariables } from "../../../../src/judging/evidence/reference/variables.ts";

const ROWS = 1200;

/** Rows of two numbers and of kinds that are one-hot, so many of each. */
function coded(sizes: readonly number[]) {
  const random = seedStream(1, "spec/variables");
  const rows = Array.from({ length: ROWS }, () => [
    random.uniform(),
    random.uniform(),
    ...sizes.flatMap((size) => {
      const kind = random.below(size);
      return Array.from({ length: size }, (_, at) => (at === kind ? 1 : 0));
    }),
  ]);
  return { inputs: Float32Array.from(rows.flat()), count: ROWS };
}

test("one-hot columns of a kind are one variable", () => {
  expect(countVariables(coded([9, 16, 7, 40]))).toBe(6);
});

test("pixels of 0 and 1, which are lit together, are as many as they are: the twin", () => {
  const random = seedStream(1, "spec/pixels");
  const inputs = Float32Array.from({ length: 100 * ROWS }, () => (random.uniform() < 0.4 ? 1 : 0));

  expect(countVariables({ inputs, count: ROWS })).toBe(100);
});

test("columns that are too many for the rows are not looked at", () => {
  const few = coded([120, 100]);

  expect(countVariables(few)).toBe(222);
});
