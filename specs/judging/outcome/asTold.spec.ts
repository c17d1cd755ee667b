import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { asTold } from "../../../src/judging/outcome/asTold.ts";
import type { OutputEvaluation } from "../../../src/learning/training/evaluation.ts";

const ROWS = 2000;
const random = seedStream(5, "spec/as told");
/** Events of which an input tells a little: one row in twenty shows one, or one in ten where the input says so. */
const says = Array.from({ length: ROWS }, () => random.uniform() < 0.3);
const targets = Float32Array.from(says, (one) => (random.uniform() < (one ? 0.1 : 0.03) ? 1 : 0));
const evened = new Map([["event", [1, 10]]]);

function output(answer: (row: number) => number): OutputEvaluation {
  const predictions = Float32Array.from(says, (_, row) => answer(row));
  return {
    name: "event",
    examples: ROWS,
    predictions,
    targets,
    lossOverVariance: 3,
  } as unknown as OutputEvaluation;
}

test("answers that weights have raised tell as much as those that name how likely an event is", () => {
  const raised = asTold(
    output((row) => (says[row] ? 0.55 : 0.25)),
    evened,
  ).lossOverVariance;
  const likely = asTold(
    output((row) => (says[row] ? 0.1 : 0.03)),
    evened,
  ).lossOverVariance;

  expect(raised).toBeLessThan(0.995);
  expect(raised).toBeCloseTo(likely as number, 5);
});

test("a constant tells nothing, and neither do answers the wrong way round: the twins", () => {
  expect(
    asTold(
      output(() => 0.4),
      evened,
    ).lossOverVariance,
  ).toBeCloseTo(1, 5);
  expect(
    asTold(
      output((row) => (says[row] ? 0.25 : 0.55)),
      evened,
    ).lossOverVariance,
  ).toBeCloseTo(1, 5);
});

test("answers of a run without such weights are taken as they are", () => {
  const own = output(() => 0.4);

  expect(asTold(own, new Map())).toBe(own);
  expect(asTold(own, undefined)).toBe(own);
});
