import { expect, test } from "vitest";
import { solvedByItsOwnAffineMap } from "../../../../src/judging/evidence/reference/ownAffineMap.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import type { Evaluation } from "../../../../src/learning/training/evaluation.ts";

/** Classes that are told so well: wrong ones over those of the commonest class. */
function told(errorOverPrior: number | null): Evaluation {
  return { outputs: [{ errorOverPrior, classification: true, measured: null }] } as unknown as Evaluation;
}

/** A subject of so many rows of 100 columns. */
function rowsOf(count: number): Subject {
  return { train: { count, inputs: new Float32Array(100 * count) } } as unknown as Subject;
}

test("an affine network that tells the classes of held-out rows solves its task", () => {
  expect(solvedByItsOwnAffineMap(rowsOf(120), { train: told(0), heldOut: told(0.1) })).toBe(true);
});

test("one that has learnt its rows by heart, or has not learnt them, does not: the twin", () => {
  expect(solvedByItsOwnAffineMap(rowsOf(120), { train: told(0), heldOut: told(0.8) })).toBe(false);
  expect(solvedByItsOwnAffineMap(rowsOf(120), { train: told(0.5), heldOut: told(0.1) })).toBe(false);
});

test("without new rows, only so many examples count as nobody learns by heart with a line", () => {
  expect(solvedByItsOwnAffineMap(rowsOf(120), { train: told(0), heldOut: null })).toBe(false);
  expect(solvedByItsOwnAffineMap(rowsOf(400), { train: told(0), heldOut: null })).toBe(true);
});
