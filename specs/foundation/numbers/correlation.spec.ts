import { expect, test } from "vitest";
import { columnOf, correlation } from "../../../src/foundation/numbers/statistics.ts";

test("correlation is 1 or -1 for linear functions, 0 for what goes with nothing, and null for a constant", () => {
  const values = [1, 2, 3, 4];

  expect(correlation(values, [3, 5, 7, 9])).toBeCloseTo(1, 12);
  expect(correlation(values, [-1, -2, -3, -4])).toBeCloseTo(-1, 12);
  expect(correlation(values, [1, -1, -1, 1])).toBeCloseTo(0, 12);
  expect(correlation(values, [2, 2, 2, 2])).toBeNull();
});

test("columnOf copies the column that it is asked for, and no other", () => {
  const table = Float32Array.from([1, 2, 3, 4, 5, 6]);

  expect([...columnOf(table, 3, 1)]).toEqual([2, 5]);
  expect([...columnOf(table, 2, 1)]).toEqual([2, 4, 6]);
});
