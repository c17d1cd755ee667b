// A check may train on some of a program's rows alone; of fewer rows a network learns more by heart.

import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { mayLackRows } from "../../../../src/judging/evidence/split/lackedRows.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import type { Evaluation } from "../../../../src/learning/training/evaluation.ts";

const random = seedStream(5, "specs/lackedRows");

function drawn(count: number, start = 0): Examples {
  const inputs = Float32Array.from({ length: count }, () => start + random.uniform());
  return { count, inputs, targets: inputs.map((input) => 2 * input), inputShape: [1], outputs: 1 };
}

/** Predictions of which such a share follows the targets. */
function answersTo({ targets, count }: Examples, share: number): Pick<Evaluation, "outputs"> {
  const predictions = targets.map((target) => share * target + random.uniform());
  return { outputs: [{ predictions, targets, examples: count }] } as unknown as Pick<Evaluation, "outputs">;
}

const train = drawn(400);
const heldOut = drawn(200);

test("rows are lacking where it tells something of like rows, and its program trains on more of them", () => {
  const some = answersTo(heldOut, 0.5);

  expect(mayLackRows({ train, heldOut, programExamples: 1000 }, some)).toBe(true);
  expect(mayLackRows({ train, heldOut, programExamples: 400 }, some)).toBe(false);
  expect(mayLackRows({ train, heldOut }, some)).toBe(false);
});

test("more rows do not help a network that tells nothing of the held-out ones, or the opposite", () => {
  expect(mayLackRows({ train, heldOut, programExamples: 1000 }, answersTo(heldOut, 0))).toBe(false);
  expect(mayLackRows({ train, heldOut, programExamples: 1000 }, answersTo(heldOut, -0.5))).toBe(false);
});

test("more rows do not help where the held-out ones are of another kind", () => {
  const others = drawn(200, 3);

  expect(mayLackRows({ train, heldOut: others, programExamples: 1000 }, answersTo(others, 0.5))).toBe(false);
});
