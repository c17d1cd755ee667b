import { combinations } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { twoSampleChance } from "../../../../src/keeping/gate/chance/twoSample.ts";

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Tries all ways to deal the values one by one. */
function byHand(after: readonly number[], before: readonly number[]): number {
  const ways = combinations([...after, ...before], after.length);
  return ways.filter((dealt) => sumOf(dealt) >= sumOf(after) - 1e-9).length / ways.length;
}

/** The number of ways to choose some of so many. */
function choose(all: number, some: number): number {
  return Array.from({ length: some }, (_, index) => (all - index) / (index + 1)).reduce((a, b) => a * b, 1);
}

describe("the two-sample test", () => {
  test.each([1, 2, 3, 4, 5])("counts what trying all ways counts, draw %i", (seed) => {
    const { uniform } = seedStream(seed, "values");
    const draw = (length: number) => Array.from({ length }, () => Math.round(50 * uniform()));
    const [after, before] = [draw(4), draw(7)];

    expect(twoSampleChance(after, before)).toBeCloseTo(byHand(after, before), 6);
  });

  test("of lost seeds is Fisher's exact test", () => {
    const lost = (count: number, of: number) => Array.from({ length: of }, (_, at) => (at < count ? 1 : 0));

    expect(twoSampleChance(lost(6, 6), lost(0, 48)) * choose(54, 6)).toBeCloseTo(1, 6);
    expect(twoSampleChance(lost(1, 6), lost(0, 48))).toBeCloseTo(6 / 54, 6);
    expect(twoSampleChance(lost(0, 6), lost(0, 48))).toBe(1);
  });

  test("of groups that lie apart gives one way of all, and 1 where a group is empty", () => {
    const low = Array.from({ length: 48 }, (_, at) => at / 100);

    expect(twoSampleChance([9, 9.1, 9.2, 9.3, 9.4, 9.5], low) * choose(54, 6)).toBeCloseTo(1, 1);
    expect(twoSampleChance([-9, -9.1], low)).toBe(1);
    expect(twoSampleChance([], low)).toBe(1);
  });
});
