import { expect, test } from "vitest";
import { mostByChance } from "../../../src/judging/outcome/byChance.ts";

test.each([
  [0.5, 3],
  [1, 4],
  [5, 10],
  [25, 34],
])("a Poisson distribution of mean %d reaches %d with a probability below 0.05", (mean, count) => {
  const terms = Array.from({ length: count }, (_, k) =>
    Math.exp(
      -mean +
        k * Math.log(mean) -
        Array.from({ length: k }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0),
    ),
  );
  const reaching = (least: number) => 1 - terms.slice(0, least).reduce((sum, term) => sum + term, 0);

  expect(mostByChance(mean)).toBe(count);
  expect(reaching(count)).toBeLessThan(0.05);
  expect(reaching(count - 1)).toBeGreaterThanOrEqual(0.05);
});
