import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";

const seed = fc.noShrink(fc.integer({ min: 1, max: 2_147_483_647 }));

function draw(count: number, runSeed: number, name: string): number[] {
  const stream = seedStream(runSeed, name);
  return Array.from({ length: count }, () => stream.uniform());
}

describe("a seed stream", () => {
  property.prop([seed, fc.string()])("gives the same numbers for the same seed and name", (runSeed, name) => {
    expect(draw(20, runSeed, name)).toEqual(draw(20, runSeed, name));
  });

  property.prop([seed])("gives other numbers for another name or another seed", (runSeed) => {
    const numbers = draw(20, runSeed, "shuffle");

    expect(draw(20, runSeed, "dropout")).not.toEqual(numbers);
    expect(draw(20, (runSeed % 2_147_483_647) + 1, "shuffle")).not.toEqual(numbers);
  });

  property.prop([seed, fc.integer({ min: 1, max: 1000 })])(
    "draws whole numbers below a limit",
    (runSeed, limit) => {
      const stream = seedStream(runSeed, "any");

      const drawn = Array.from({ length: 50 }, () => stream.below(limit));

      expect(drawn.every((value) => Number.isInteger(value) && value >= 0 && value < limit)).toBe(true);
    },
  );

  test("gives these numbers on every machine: seedrandom.alea('1/shuffle'), seedrandom 3.0.5", () => {
    expect(draw(3, 1, "shuffle")).toMatchInlineSnapshot(`
      [
        0.46212126268073916,
        0.6429389067925513,
        0.06378693087026477,
      ]
    `);
  });

  test("takes every seed from 1 to 2147483647, both included", () => {
    expect(draw(1, 1, "any")).not.toEqual(draw(1, 2_147_483_647, "any"));
  });

  // Seed and name joined without a sign between them would be one text, and one stream.
  test("keeps the seeds 1 and 11 apart whatever the name", () => {
    expect(draw(5, 1, "1/shuffle")).not.toEqual(draw(5, 11, "/shuffle"));
    expect(draw(5, 1, "1shuffle")).not.toEqual(draw(5, 11, "shuffle"));
  });

  // 10,000 draws in 10 cells: a fair stream has a statistic above 33.7 with probability 0.0001.
  test("draws whole numbers below 10 equally often, seed 1: chi-square below its 0.9999 quantile", () => {
    const stream = seedStream(1, "fair");
    const counts = new Array<number>(10).fill(0);

    for (let round = 0; round < 10_000; round++) {
      const drawn = stream.below(10);
      counts[drawn] = (counts[drawn] as number) + 1;
    }

    const statistic = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(statistic).toBeLessThan(33.7);
  });

  test.each([0, -1, 1.5, Number.NaN, 2_147_483_648])("refuses the seed %d", (wrong) => {
    expect(() => seedStream(wrong, "any")).toThrow(
      `seedStream: the seed must be a whole number from 1 to 2147483647, got ${wrong}`,
    );
  });
});
