import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { signFlipChance } from "../../../../src/keeping/gate/chance/signFlip.ts";

/** Tries all signs one by one. */
function byHand(differences: readonly number[]): number {
  const sum = differences.reduce((total, one) => total + one, 0);
  const ways = 2 ** differences.length;
  let reaching = 0;
  for (let signs = 0; signs < ways; signs++) {
    const flipped = differences.reduce(
      (total, one, index) => total + ((signs >> index) & 1 ? Math.abs(one) : -Math.abs(one)),
      0,
    );
    if (flipped >= sum - 1e-9) reaching++;
  }
  return reaching / ways;
}

describe("the sign-flip test", () => {
  test.each([1, 2, 3, 4, 5])("counts what trying all signs counts, draw %i", (seed) => {
    const { uniform } = seedStream(seed, "differences");
    const differences = Array.from({ length: 10 }, () => Math.round(64 * (uniform() - 0.4)));

    expect(signFlipChance(differences)).toBeCloseTo(byHand(differences), 2);
  });

  test.each([6, 24, 100])(
    "of %i differences that all are alike gives 2 to the power of less their number",
    (count) => {
      const differences = Array.from({ length: count }, () => 0.3);

      expect(signFlipChance(differences) * 2 ** count).toBeCloseTo(1, 6);
      expect(signFlipChance(differences.map((one) => -one))).toBe(1);
    },
  );

  test("finds nothing unlikely in no difference, nor in one that a single pair makes", () => {
    expect(signFlipChance([])).toBe(1);
    expect(signFlipChance([0, 0, 0])).toBe(1);
    expect(signFlipChance([30, ...Array.from({ length: 23 }, () => 0.001)])).toBeGreaterThan(0.4);
  });
});
