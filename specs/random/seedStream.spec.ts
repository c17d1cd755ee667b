import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../src/random/seedStream.ts";

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

  test.each([0, -1, 1.5, Number.NaN, 2_147_483_648])("refuses the seed %d", (wrong) => {
    expect(() => seedStream(wrong, "any")).toThrow(
      `seedStream: the seed must be a whole number from 1 to 2147483647, got ${wrong}`,
    );
  });
});
