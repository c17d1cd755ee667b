import { expect, it } from "vitest";
import { findSingleCode } from "../../../../src/judging/evidence/data/singleCode.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const ROWS = 60;
const STEPS = 8;
const CODES = [{ as: "codes", rescaled: null }] as const;

/** @param word the number of a word; rows are filled up with zeros behind it */
const texts = (word: (row: number, step: number) => number): Examples => ({
  count: ROWS,
  inputShape: [STEPS],
  outputs: 1,
  inputs: Float32Array.from({ length: ROWS * STEPS }, (_, at) => {
    const [row, step] = [Math.floor(at / STEPS), at % STEPS];
    return step < 3 + (row % 5) ? word(row, step) : 0;
  }),
  targets: new Float32Array(ROWS),
});

it("finds the one number that a vocabulary of other texts gives to every word", () => {
  expect(
    findSingleCode(
      texts(() => 1),
      CODES,
    ),
  ).toEqual({ code: 1, share: 1 });
  expect(
    findSingleCode(
      texts((row, step) => (row + step === 7 ? 5 : 1)),
      CODES,
    )?.code,
  ).toBe(1);
});

it("finds none where words differ, where zeros stand between words, and where numbers are no codes", () => {
  expect(
    findSingleCode(
      texts((row, step) => 1 + ((row + step) % 4)),
      CODES,
    ),
  ).toBeNull();
  expect(
    findSingleCode(
      texts((row, step) => (row + step) % 2),
      CODES,
    ),
  ).toBeNull();
  expect(
    findSingleCode(
      texts(() => 1),
      [{ as: "numbers", rescaled: null }],
    ),
  ).toBeNull();
});
