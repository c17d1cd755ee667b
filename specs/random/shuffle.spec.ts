import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../src/random/seedStream.ts";
import { shuffledIndices } from "../../src/random/shuffle.ts";

describe("a shuffle", () => {
  property.prop([fc.nat(200), fc.noShrink(fc.integer({ min: 1, max: 1e9 }))])(
    "is a permutation",
    (count, seed) => {
      const order = shuffledIndices(count, seedStream(seed, "shuffle"));

      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    },
  );

  // The statistic has 25 cells and, given the row and column sums, 16 degrees of freedom: a fair shuffle
  // exceeds 39.25 with probability 0.001. Swapping with any index instead of one not yet placed gives 300.
  test("puts every element in every place equally often, seed 1: chi-square below its 0.999 quantile", () => {
    const shuffles = 5000;
    const stream = seedStream(1, "fair");
    const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));

    for (let round = 0; round < shuffles; round++) {
      shuffledIndices(5, stream).forEach((element, place) => {
        const row = counts[element] as number[];
        row[place] = (row[place] as number) + 1;
      });
    }

    const expected = shuffles / 5;
    const statistic = counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(statistic).toBeLessThan(39.25);
  });
});
