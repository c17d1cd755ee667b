import { expect, test } from "vitest";
import { thinOrder } from "../../../src/learning/keras/program/thinOrder.ts";

test("an order of rows leaves out those that are not kept, and counts the others anew", () => {
  // Of five rows, 0, 2 and 4 are kept.
  expect([...thinOrder(Int32Array.of(4, 1, 0, 3, 2), 5, 3)]).toEqual([2, 0, 1]);
  expect([...thinOrder(Int32Array.of(1, 0), 2, 3)]).toEqual([1, 0]);
});
