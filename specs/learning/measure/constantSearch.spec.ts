import { expect, test } from "vitest";
import { type LossOfRow, searchConstant } from "../../../src/learning/measure/constantSearch.ts";

const targets = [1000, 1100, 1200, 1300, 9000];
const meanOf = (of: (target: number) => number) => targets.reduce((sum, target) => sum + of(target), 0) / 5;
const zeros = (size: number) => [new Float32Array(size)];

test("it finds the quantiles that a pinball loss asks for", async () => {
  const pinball: LossOfRow = async (row) =>
    [0.25, 0.5].reduce(
      (sum, share, at) =>
        sum +
        meanOf((target) => {
          const error = target - (row[at] as number);
          return Math.max(share * error, (share - 1) * error);
        }),
      0,
    );
  const { row, isBottomless } = await searchConstant(pinball, zeros(2), 3000);

  expect(row[0]).toBeCloseTo(1100, 0);
  expect(row[1]).toBeCloseTo(1200, 0);
  expect(isBottomless).toBe(false);
});

test("a mean of thousands and the logarithm of its variance are found alike", async () => {
  const likelihood: LossOfRow = async ([mean = 0, logarithm = 0]) =>
    meanOf((target) => logarithm + (target - mean) ** 2 / Math.exp(logarithm));
  const { row } = await searchConstant(likelihood, zeros(2), 3000);
  const mean = meanOf((target) => target);

  expect(Math.abs((row[0] as number) / mean - 1)).toBeLessThan(0.01);
  expect(row[1]).toBeCloseTo(Math.log(meanOf((target) => (target - mean) ** 2)), 1);
});

test("a loss of the wrong sign has no best constant", async () => {
  const climbing: LossOfRow = async ([value = 0]) => -meanOf((target) => Math.abs(target - value));

  expect((await searchConstant(climbing, zeros(1), 3000)).isBottomless).toBe(true);
});

test("a loss that levels off far out has an end: the twin", async () => {
  const levelling: LossOfRow = async ([value = 0]) => Math.exp(-value / 100);

  expect((await searchConstant(levelling, zeros(1), 1)).isBottomless).toBe(false);
});
