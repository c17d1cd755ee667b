import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { boundDifferences, usualDifference } from "../../../../src/keeping/gate/chance/bounded.ts";
import { signFlipChance } from "../../../../src/keeping/gate/chance/signFlip.ts";

describe("bounded differences", () => {
  test("find what one seed of bad luck drowns", () => {
    const differences = [-9, ...Array.from({ length: 23 }, (_, index) => 0.1 + index / 100)];

    expect(signFlipChance(differences)).toBeGreaterThan(0.1);
    expect(signFlipChance(boundDifferences(differences))).toBeLessThan(1e-4);
  });

  test("keep the test exact: of differences that are as often up as down, few are unlikely", () => {
    const unlikely = Array.from({ length: 2000 }, (_, draw) => {
      const { uniform } = seedStream(draw + 1, "null");
      // Tails as heavy as Cauchy's.
      const differences = Array.from({ length: 24 }, () => Math.tan(Math.PI * (uniform() - 0.5)));
      return signFlipChance(boundDifferences(differences));
    }).filter((chance) => chance <= 0.05).length;

    expect(unlikely / 2000).toBeGreaterThan(0.035);
    expect(unlikely / 2000).toBeLessThan(0.065);
  });

  test("are themselves where all are alike, none differs, or most pairs are the same", () => {
    expect(boundDifferences([0.3, 0.3, -0.3])).toEqual([0.3, 0.3, -0.3]);
    expect(boundDifferences([0, 0])).toEqual([0, 0]);
    expect(boundDifferences([0, 0, 0, 0.2, 0.2])).toEqual([0, 0, 0, 0.2, 0.2]);
  });
});

describe("the usual difference", () => {
  test("is the mean where nothing is odd, and stays where one seed is", () => {
    expect(usualDifference([1, 2, 3])).toBe(2);
    expect(usualDifference([1, 2, 3, 2, 1, 2, 3, 900])).toBeCloseTo(2, 0);
  });
});
