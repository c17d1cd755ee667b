import { expect, test } from "vitest";
import { printBoth, printNumber } from "../../../src/foundation/print/printNumber.ts";

test.each([
  [0, "0"],
  [0.05, "0.05"],
  [1.2345, "1.23"],
  [123456, "1.23e+5"],
  [99999, "100000"],
  [0.00123, "0.00123"],
  [0.00012, "1.20e-4"],
  [100_000, "1.00e+5"],
  [0.001, "0.001"],
  [0.000999, "9.99e-4"],
  [-1e9, "-1.00e+9"],
  [-0.5, "-0.5"],
  [null, "undefined"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("the number %d is printed as %s", (value, text) => {
  expect(printNumber(value)).toBe(text);
});

test.each([
  [0.3, 0.2, ["0.3", "0.2"]],
  [0.2, 0.2, ["0.2", "0.2"]],
  [0.20004, 0.2, ["0.20004", "0.2"]],
  [0.4211, 0.4214, ["0.4211", "0.4214"]],
  [1.000001e-12, 1e-12, ["1.000001e-12", "1.000000e-12"]],
  [null, 0.2, ["undefined", "0.2"]],
  [Number.NaN, 0.2, ["NaN", "0.2"]],
])("%d beside %d is printed so that they can be told apart", (measured, bound, texts) => {
  expect(printBoth(measured, bound)).toEqual(texts);
});
