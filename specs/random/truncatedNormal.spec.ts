import { describe, expect, test } from "vitest";
import { seedStream } from "../../src/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../src/random/truncatedNormal.ts";

const DRAWS = 100_000;

function sample(): number[] {
  const stream = seedStream(1, "normal");
  return Array.from({ length: DRAWS }, () => truncatedNormal(stream));
}

describe("the truncated normal distribution, seed 1", () => {
  test("has no draw beyond 2", () => {
    expect(sample().every((value) => Math.abs(value) <= 2)).toBe(true);
  });

  // Five standard errors of 100,000 draws: a right sampler fails for one seed in two million.
  test("has mean 0 and the deviation that Keras divides by", () => {
    const values = sample();
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS);

    expect(Math.abs(mean)).toBeLessThan((5 * TRUNCATED_DEVIATION) / Math.sqrt(DRAWS));
    expect(Math.abs(deviation - TRUNCATED_DEVIATION)).toBeLessThan(0.01);
  });

  // Φ(1) − Φ(−1) over Φ(2) − Φ(−2) = 0.682689 / 0.954500; the uniform distribution on [−2, 2] has 0.5.
  test("has the normal share of draws within 1", () => {
    const share = sample().filter((value) => Math.abs(value) < 1).length / DRAWS;

    expect(Math.abs(share - 0.682689 / 0.9545)).toBeLessThan(0.0075);
  });
});
