import { expect, test } from "vitest";
import { largestOf, leastOf } from "../../../src/foundation/numbers/extremes.ts";

const many = Float32Array.from({ length: 300_000 }, (_, index) => index % 1000);

test("the largest and the least of more numbers than a call takes arguments are found", () => {
  expect(() => Math.max(...many)).toThrow(RangeError);
  expect([largestOf(many), leastOf(many)]).toEqual([999, 0]);
});

test("nothing has no largest number, and NaN is not lost", () => {
  expect([largestOf([]), leastOf([])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect([largestOf([1, Number.NaN, 3]), leastOf([1, Number.NaN, 3])]).toEqual([Number.NaN, Number.NaN]);
});
