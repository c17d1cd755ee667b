import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findHiddenColumn } from "../../../../src/judging/evidence/reference/hiddenColumns.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const ROWS = 600;

/** Rows of a column and of a number that tells a little, with a target for both. */
function rows(
  columnOf: (uniform: () => number) => number,
  targetOf: (column: number, other: number) => number,
  seed = 1,
): Examples {
  const random = seedStream(seed, "hidden columns");
  const all = Array.from({ length: ROWS }, () => {
    const [column, other] = [columnOf(() => random.uniform()), random.uniform() - 0.5];
    return { inputs: [column, other], target: targetOf(column, other) + 0.1 * random.uniform() };
  });
  return {
    count: ROWS,
    inputShape: [2],
    outputs: 1,
    inputs: Float32Array.from(all.flatMap(({ inputs }) => inputs)),
    targets: Float32Array.from(all.map(({ target }) => target)),
  };
}

const levels = Array.from({ length: 40 }, (_, at) => Math.sin(at * at * 2.7));
const townOf = (uniform: () => number) => Math.floor(40 * uniform()) / 40;
const hourOf = (uniform: () => number) => 1.6e9 + 3600 * Math.floor(500 * uniform());
const ofDay = (time: number) => Math.sin((2 * Math.PI * (time - 1.6e9)) / 86_400);

test("codes of names that were divided by their number are found as names", () => {
  const towns = rows(townOf, (town, other) => (levels[Math.round(40 * town)] as number) + 0.3 * other);

  expect(findHiddenColumn(towns)?.reading).toEqual({ as: "names", place: 0 });
});

test("seconds are found as a time that comes round each day", () => {
  const hours = rows(hourOf, (time, other) => ofDay(time) + 0.3 * other);

  expect(findHiddenColumn(hours)?.reading).toMatchObject({ as: "round", place: 0, period: 24 });
});

test("amounts, times without a round and names that tell little are none", () => {
  expect(findHiddenColumn(rows(townOf, (amount, other) => 2 * amount + other))).toBeNull();
  expect(findHiddenColumn(rows(hourOf, (time, other) => (time - 1.6e9) / 3.6e6 + other))).toBeNull();
  expect(findHiddenColumn(rows(hourOf, (_, other) => other))).toBeNull();
  const weak = seedStream(3, "noise");
  const little = rows(townOf, (town) => 0.3 * (levels[Math.round(40 * town)] as number) + 2 * weak.uniform());
  expect(findHiddenColumn(little)).toBeNull();
});
