// A mask of 255 for the object, whose loader looks for class 1, leaves pixels of the object without a class.

import { expect, test } from "vitest";
import { findOneClassAlone } from "../../../../src/judging/evidence/targets/oneClassAlone.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";

const find = (places: readonly (readonly number[])[], name = "categoricalCrossentropy") =>
  findOneClassAlone({
    loss: { name },
    train: { targets: Float32Array.from(places.flat()) },
    group: places[0]?.length ?? 1,
    prefix: "",
  } as unknown as Output);

const NONE = [0, 0, 0];
const [FIRST, SECOND] = [
  [1, 0, 0],
  [0, 1, 0],
] as const;

test("places of one class beside places of none are named", () => {
  expect(find([FIRST, NONE, FIRST, FIRST])).toContain(
    "class 0, and the targets of 25 % of the places are all 0",
  );
});

test.each([
  ["two classes count, and places between them are left out", [FIRST, NONE, SECOND]],
  ["every place has a class", [FIRST, SECOND, FIRST]],
  ["every place has the same class, which is said of constant targets", [FIRST, FIRST]],
  ["no place has a class", [NONE, NONE]],
  ["targets are shares", [FIRST, NONE, [0.5, 0.5, 0]]],
  ["several labels are given", [FIRST, NONE, [1, 1, 0]]],
])("it says nothing where %s", (_, places) => {
  expect(find(places)).toBeNull();
});

test("a squared error does not leave them out", () => {
  expect(find([FIRST, NONE], "mse")).toBeNull();
});
