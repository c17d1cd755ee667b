import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { TRUNCATED_DEVIATION, truncatedNormal } from "../../../src/foundation/random/truncatedNormal.ts";

const DRAWS = 100_000;

/** Φ by its Taylor series about 0, which for |x| ≤ 2 needs 40 terms. */
function normalBelow(x: number): number {
  let term = x / Math.sqrt(2 * Math.PI);
  let sum = term;
  for (let n = 1; n < 40; n++) {
    term *= (-x * x) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return 0.5 + sum;
}

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

  // The largest gap between the shares of draws and the distribution function, times √n: a right sampler has it
  // above 2.4 for one seed in 50,000 (2 exp(−2 · 2.4²)). The normal clipped to ±2 has 7, the uniform 34.
  test("has the distribution function of the truncated normal: Kolmogorov and Smirnov's statistic", () => {
    const sorted = sample().sort((a, b) => a - b);

    const gaps = sorted.map((value, index) => {
      const wanted = (normalBelow(value) - normalBelow(-2)) / (normalBelow(2) - normalBelow(-2));
      return Math.max(Math.abs(wanted - index / DRAWS), Math.abs(wanted - (index + 1) / DRAWS));
    });

    const largest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
    expect(largest * Math.sqrt(DRAWS)).toBeLessThan(2.4);
  });

  test("gives these numbers on every machine: sums and products of seedrandom.alea('1/normal') alone", () => {
    const stream = seedStream(1, "normal");

    const drawn = [truncatedNormal(stream), truncatedNormal(stream), truncatedNormal(stream)];

    expect(drawn).toMatchInlineSnapshot(`
      [
        0.20677207130938768,
        -0.150171285495162,
        -0.6416490506380796,
      ]
    `);
  });
});
