// Which of an output's numbers may be flat: a few places of a map, but no channel of it.

import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { attainableOf } from "../../../src/judging/outcome/fairThresholds.ts";
import { leastVariation } from "../../../src/judging/outcome/flatOutput.ts";
import type { OutputEvaluation } from "../../../src/learning/training/evaluation.ts";

const EXAMPLES = 64;
const random = seedStream(5, "spec/flatOutput");

/** Describes an output of such a shape, whose numbers vary as their targets do but for the flat ones. */
function outputOf(shape: readonly number[], isFlat: (number: number) => boolean): OutputEvaluation {
  const numbers = shape.reduce((product, side) => product * side, 1);
  return {
    shape,
    examples: EXAMPLES,
    targets: Float32Array.from({ length: EXAMPLES * numbers }, () => random.uniform()),
    varianceRatios: Array.from({ length: numbers }, (_, number) => (isFlat(number) ? 0.1 : 0.9)),
    varianceRatio: 0.9,
    lossOverVariance: 0.05,
    errorOverPrior: null,
    measured: null,
  } as unknown as OutputEvaluation;
}

/** Reads the least variation of such an output. */
function leastOf(shape: readonly number[], isFlat: (number: number) => boolean): number | undefined {
  return leastVariation({ outputs: [outputOf(shape, isFlat)] }, { attainable: null })?.ratio;
}

test("a corner of a picture may be flat", () => {
  expect(leastOf([8, 8, 2], (number) => number >= 126)).toBe(0.9);
});

test("a channel, or a tenth of the places, may not", () => {
  expect(leastOf([8, 8, 2], (number) => number % 2 === 1)).toBe(0.1);
  expect(leastOf([8, 8, 1], (number) => number < 7)).toBe(0.1);
});

test("one of a few steps, or of some numbers that belong to no map, may not", () => {
  expect(leastOf([6, 1], (number) => number === 5)).toBe(0.1);
  expect(leastOf([20], (number) => number === 5)).toBe(0.1);
});

test("a variational model may leave a point flat that is not worth its price, and no other model may", () => {
  const outputs = [outputOf([8, 8, 1], (number) => number < 7)];
  const train = { count: 0 } as never;
  const attainable = (output: number) => attainableOf({ train, variational: true }, output);

  expect(leastVariation({ outputs }, { attainable })?.bound).toBe(0);
  expect(leastVariation({ outputs }, { attainable: null })?.bound).toBeGreaterThan(0.1);
});
