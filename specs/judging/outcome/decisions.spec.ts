import { expect, test } from "vitest";
import { errorOfDecisions, learnsDecisions } from "../../../src/judging/outcome/decisions.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { measureQuality } from "../../../src/learning/training/quality.ts";

const ROWS = 200;

/** Evaluates answers to labels of which a tenth has the upper value, under a loss for quantities. */
function evaluated(
  values: readonly [number, number],
  answer: (isUpper: boolean, row: number) => number,
  columns = 1,
) {
  const isUpper = (at: number) =>
    columns === 1 ? at % 10 === 0 : at % columns === Math.floor(at / columns) % columns;
  const [least, most] = values;
  const numbers = Array.from({ length: ROWS * columns }, (_, at) => at);
  const tables = {
    targets: Float32Array.from(numbers, (at) => (isUpper(at) ? most : least)),
    predictions: Float32Array.from(numbers, (at) => least + (most - least) * answer(isUpper(at), at)),
  };
  const part = { name: "output 0", shape: [columns], classification: false };
  return { ...part, loss: 0, ...measureQuality(tables, ROWS, part, null) };
}

const verdictOf = (output: ReturnType<typeof evaluated>) =>
  judge({ finite: true, train: { ...output, outputs: [output] } }, parseConfig({}).thresholds);

test.each([
  [0.2, 0.8],
  [-1, 1],
  [1, 2],
  [0, 255],
] as const)("labels of %d and %d that are answered unsurely, and rightly, are learnt", (least, most) => {
  const unsure = evaluated([least, most], (isUpper) => (isUpper ? 0.55 : 0.1));

  expect(unsure.lossOverVariance).toBeGreaterThan(0.2);
  expect(errorOfDecisions(unsure)).toBe(0);
  expect(verdictOf(unsure)).toBe("learns");
});

test("labels whose rarer value is hardly ever answered are not: the twin", () => {
  const never = evaluated([0.2, 0.8], (isUpper, row) => (isUpper && row % 20 === 0 ? 0.55 : 0.1));

  expect(errorOfDecisions(never)).toBe(0.5);
  expect(learnsDecisions(never)).toBe(false);
  expect(verdictOf(never)).toBe("stalled");
});

test("of rows that have the upper value once each, the greatest answer counts", () => {
  const low = evaluated([-1, 1], (isUpper) => (isUpper ? 0.4 : 0.1), 5);

  expect(errorOfDecisions(low)).toBe(0);
});

test("quantities, classes and outputs with an error measure of their own are judged as before", () => {
  const labels = evaluated([0, 1], (isUpper) => (isUpper ? 0.55 : 0.1));
  const quantities = { ...labels, targets: labels.targets.map((target, row) => target + (row % 3)) };

  expect(errorOfDecisions(quantities)).toBeNull();
  expect(errorOfDecisions({ ...labels, classification: true })).toBeNull();
});
