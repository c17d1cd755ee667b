import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clopperPearson } from "../../../scripts/campaign/clopperPearson.ts";

/** The chance of at least `least` and at most `most` successes in `tried`, summed term by term, by their logarithms. */
function chanceOf(least: number, most: number, tried: number, probability: number): number {
  const odds = Math.log(probability / (1 - probability));
  let term = tried * Math.log1p(-probability);
  let sum = 0;
  for (let successes = 0; successes <= most; successes++) {
    if (successes >= least) sum += Math.exp(term);
    term += Math.log((tried - successes) / (successes + 1)) + odds;
  }
  return sum;
}

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((tried) => fc.tuple(fc.integer({ min: 0, max: tried }), fc.constant(tried)));

describe("Clopper and Pearson's interval", () => {
  // Its definition: at each end, what was seen or more extreme has a chance of exactly half the error.
  property.prop([counts])("ends where the binomial tails are 2.5 % each", ([held, tried]) => {
    const { low, high } = clopperPearson(held, tried);

    // The quantile is good to 1e-8, times the slope of the tail.
    if (held > 0) expect(Math.abs(chanceOf(held, tried, tried, low) - 0.025)).toBeLessThan(1e-5);
    if (held < tried) expect(Math.abs(chanceOf(0, held, tried, high) - 0.025)).toBeLessThan(1e-5);
  });

  test("of nothing tried is everything, of all or none ends at 1 or 0", () => {
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(clopperPearson(1000, 1000)).toEqual({ low: expect.closeTo(0.025 ** (1 / 1000), 9), high: 1 });
    expect(clopperPearson(0, 10)).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 10), 9) });
  });

  property.prop([counts])("contains the share seen, and widens with the confidence", ([held, tried]) => {
    const usual = clopperPearson(held, tried, 0.95);
    const wide = clopperPearson(held, tried, 0.999);

    expect(usual.low).toBeLessThanOrEqual(held / tried);
    expect(usual.high).toBeGreaterThanOrEqual(held / tried);
    expect(wide.low).toBeLessThanOrEqual(usual.low);
    expect(wide.high).toBeGreaterThanOrEqual(usual.high);
  });

  test.each([
    [3, 2, 0.95, "held must be a count from 0 to tried, got 3 of 2"],
    [-1, 2, 0.95, "held must be a count from 0 to tried, got -1 of 2"],
    [0.5, 2, 0.95, "held must be a count from 0 to tried, got 0.5 of 2"],
    [1, 2, 1, "confidence must lie between 0 and 1, got 1"],
    [1, 2, Number.NaN, "confidence must lie between 0 and 1, got NaN"],
  ])("refuses %d of %d at %d", (held, tried, confidence, message) => {
    expect(() => clopperPearson(held, tried, confidence)).toThrow(message);
  });
});
