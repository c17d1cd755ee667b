// A sequence of one step hides the past that its target needs.

import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findUnseenPast, measureAttainable } from "../../../../src/judging/evidence/reference/attainable.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const COUNT = 300;

/** Rows of one number in a drawn order, as sequences of one step, with targets of the rows before. */
function drawRows(target: (now: number, before: number, noise: number) => number): Examples {
  const random = seedStream(4, "spec/rowsBefore");
  const draw = () => 2 * random.uniform() - 1;
  const inputs = Float32Array.from({ length: COUNT }, draw);
  const targets = inputs.map((now, row) => target(now, inputs[row - 1] ?? 0, draw()));
  return { inputs, targets, count: COUNT, outputs: 1, inputShape: [1, 1] };
}

const ofBoth = drawRows((now, before) => now + before);
const noisy = drawRows((now, _before, noise) => now + noise);

test("what the rows before tell excuses nobody who does not show them", () => {
  expect(measureAttainable({ train: ofBoth })?.lossOverVariance).toBeLessThan(0.05);
  expect(findUnseenPast(ofBoth)?.alone).toBeGreaterThan(0.4);
  expect(findUnseenPast(ofBoth)?.past).toBeLessThan(0.05);
});

test("noise does, and rows of a table are not asked for those before: the twins", () => {
  expect(measureAttainable({ train: noisy })?.lossOverVariance).toBeGreaterThan(0.4);
  expect(findUnseenPast(noisy)).toBeNull();
  expect(findUnseenPast({ ...ofBoth, inputShape: [1] })).toBeNull();
});
