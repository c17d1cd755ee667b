import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../src/foundation/random/shuffle.ts";

/** Written down from the textbook, on the generator itself. */
function fisherYates(count: number): number[] {
  const next = seedrandom.alea("1/shuffle");
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const chosen = Math.floor(next() * (last + 1));
    [order[last], order[chosen]] = [order[chosen] as number, order[last] as number];
  }
  return order;
}

describe("a shuffle", () => {
  property.prop([fc.nat(200), fc.noShrink(fc.integer({ min: 1, max: 1e9 }))])(
    "is a permutation",
    (count, seed) => {
      const order = shuffledIndices(count, seedStream(seed, "shuffle"));

      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    },
  );

  // One draw more or fewer would move everything that is drawn after it, and with it every pinned digest.
  property.prop([fc.integer({ min: 1, max: 100 })])("draws once for each element but the last", (count) => {
    let draws = 0;
    const below = (limit: number) => {
      draws++;
      return limit - 1;
    };

    const order = shuffledIndices(count, { uniform: () => 0, below });

    expect(draws).toBe(count - 1);
    expect([...order]).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  test("of nothing is nothing", () => {
    expect(shuffledIndices(0, seedStream(1, "shuffle"))).toHaveLength(0);
  });

  test("gives this order on every machine: Fisher and Yates's with seedrandom.alea('1/shuffle')", () => {
    expect([...shuffledIndices(8, seedStream(1, "shuffle"))]).toEqual(fisherYates(8));
  });

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
