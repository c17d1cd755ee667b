import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { standardErrorOfShare } from "../../../src/judging/outcome/chanceOfError.ts";
import { fairBound, fairBoundOfShare } from "../../../src/judging/outcome/fairThresholds.ts";

/** Events of which an input tells a little, and the probabilities that are known of them. */
function events(rows: number, seed: number) {
  const random = seedStream(seed, "spec/chance of an error");
  const predictions = Float32Array.from({ length: rows }, () => 0.5 * random.uniform() ** 3);
  return { examples: rows, predictions, targets: predictions.map((p) => (random.uniform() < p ? 1 : 0)) };
}

function share({ predictions, targets }: ReturnType<typeof events>): number {
  const mean = targets.reduce((sum, one) => sum + one / targets.length, 0);
  const sum = (of: (at: number) => number) =>
    targets.reduce((all, target, at) => all + (of(at) - target) ** 2, 0);
  return sum((at) => predictions[at] as number) / sum(() => mean);
}

test("the standard error is as large as the shares of samples scatter", () => {
  const samples = Array.from({ length: 200 }, (_, seed) => events(256, seed + 1));
  const shares = samples.map(share);
  const mean = shares.reduce((sum, one) => sum + one / shares.length, 0);
  const scatter = Math.sqrt(shares.reduce((sum, one) => sum + (one - mean) ** 2 / shares.length, 0));
  const estimated = samples.map(standardErrorOfShare).reduce((sum, one) => sum + one, 0) / samples.length;

  expect(estimated / scatter).toBeGreaterThan(0.75);
  expect(estimated / scatter).toBeLessThan(1.5);
});

test("chance widens the bound of predictions that tell of noisy events, and not that of a constant: the twin", () => {
  const told = events(256, 1);
  const constant = { ...told, predictions: told.predictions.map(() => 0.12) };
  const thresholds = {
    attainable: () => ({ lossOverVariance: 0.85, errorOverPrior: null, isSurelyWeak: true }),
  };
  const bound = fairBound(0.2, thresholds, "lossOverVariance");

  expect(fairBoundOfShare(0.2, thresholds, 0, told)).toBeGreaterThan(bound);
  expect(fairBoundOfShare(0.2, thresholds, 0, constant)).toBeLessThan(1);
});

test("where noise leaves nothing, chance excuses nobody", () => {
  expect(fairBoundOfShare(0.2, { attainable: () => null }, 0, events(256, 1))).toBe(0.2);
});
