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
  const { row, isBottomless } = await searchConstant(pinball, zeros(2), 3000, 2);

  expect(row[0]).toBeCloseTo(1100, 0);
  expect(row[1]).toBeCloseTo(1200, 0);
  expect(isBottomless).toBe(false);
});

test("a mean of thousands and the logarithm of its variance are found alike", async () => {
  const likelihood: LossOfRow = async ([mean = 0, logarithm = 0]) =>
    meanOf((target) => logarithm + (target - mean) ** 2 / Math.exp(logarithm));
  const { row } = await searchConstant(likelihood, zeros(2), 3000, 2);
  const mean = meanOf((target) => target);

  expect(Math.abs((row[0] as number) / mean - 1)).toBeLessThan(0.01);
  expect(row[1]).toBeCloseTo(Math.log(meanOf((target) => (target - mean) ** 2)), 1);
});

test("a loss of the wrong sign has no best constant", async () => {
  const climbing: LossOfRow = async ([value = 0]) => -meanOf((target) => Math.abs(target - value));

  expect((await searchConstant(climbing, zeros(1), 3000, 1)).isBottomless).toBe(true);
});

test("a loss that levels off far out has an end: the twin", async () => {
  const levelling: LossOfRow = async ([value = 0]) => Math.exp(-value / 100);

  expect((await searchConstant(levelling, zeros(1), 1, 1)).isBottomless).toBe(false);
});

test("in a map the numbers of a channel are moved together, so that a search ends however many there are", async () => {
  const goals = [4, -2, 0.5];
  let asked = 0;
  const squared: LossOfRow = async (row) => {
    asked++;
    return row.reduce((sum, value, place) => sum + (value - (goals[place % 3] as number)) ** 2, 0);
  };
  const { row } = await searchConstant(squared, zeros(3000), 1, 3);

  expect(asked).toBeLessThan(500);
  for (const [place, goal] of goals.entries()) {
    expect(row[place]).toBeCloseTo(goal, 2);
    expect(row[place + 2997]).toBe(row[place]);
  }
});

test("the numbers of a short row have a value each: the twin", async () => {
  const squared: LossOfRow = async (row) => row.reduce((sum, value, place) => sum + (value - place) ** 2, 0);
  const { row } = await searchConstant(squared, zeros(6), 1, 3);

  expect(row[1]).toBeCloseTo(1, 2);
  expect(row[4]).toBeCloseTo(4, 2);
});
