import { expect, test } from "vitest";
import { pairsHold } from "../../../../src/judging/evidence/targets/pairsHold.ts";

const classes = (errorOverPrior: number | null, examples = 200) => ({
  outputs: [{ classification: true, errorOverPrior, lossOverVariance: 0.9, examples }],
});
const numbers = (lossOverVariance: number) => ({
  outputs: [{ classification: false, errorOverPrior: null, lossOverVariance, examples: 200 }],
});

test.each([
  ["new rows are predicted as well as old ones", classes(0.34), classes(0.36), true],
  ["new rows are predicted, which were trained on with dropout", numbers(0.4), numbers(0.33), true],
  ["new rows are guessed", classes(0.34), classes(0.98), false],
  ["old rows alone are wrong, as where half are mislabelled", classes(0.6), classes(0.1), false],
  ["too few new rows tell anything", classes(0.34), classes(0.2, 12), false],
  ["new rows all have one class", classes(0.34), classes(null), false],
  ["there are no new rows", classes(0.34), null, false],
] as const)("where %s", (_, train, heldOut, holds) => {
  expect(pairsHold({ train, heldOut })).toBe(holds);
});
