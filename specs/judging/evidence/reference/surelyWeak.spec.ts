// Noise may hide nearly all of what inputs tell: what little is found excuses a run only where it is surely all.

import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { measureAttainable } from "../../../../src/judging/evidence/reference/attainable.ts";

const COUNT = 1000;
const COLUMNS = 4;

/** Examples whose targets are a signal of the inputs beside noise of a spread. */
function examples(
  signal: (row: readonly number[]) => number,
  noise: number,
  count = COUNT,
  columns = COLUMNS,
) {
  const stream = seedStream(1, "specs/surelyWeak");
  const draw = () => 2 * stream.uniform() - 1;
  const rows = Array.from({ length: count }, () => Array.from({ length: columns }, draw));
  const targets = rows.map((row) => signal(row) + noise * (draw() + draw() + draw()));
  return {
    inputs: Float32Array.from(rows.flat()),
    targets: Float32Array.from(targets),
    inputShape: [columns],
    outputs: 1,
    count,
  };
}

test("a small part of the targets that is surely found is all there is", () => {
  const attainable = measureAttainable({ train: examples(([a = 0, b = 0]) => a - b, 2.2) as never });

  expect(attainable?.lossOverVariance).toBeGreaterThan(0.75);
  expect(attainable?.isSurelyWeak).toBe(true);
});

test.each([
  ["targets that the inputs do not tell", examples(() => 0, 1)],
  ["too few examples to be sure", examples(([a = 0, b = 0]) => a - b, 2.2, 60)],
  [
    "waves that neighbours show and references do not",
    examples(([a = 0]) => 0.5 * a + Math.sin(60 * a), 0.01, COUNT, 1),
  ],
] as const)("nothing is excused of %s: the twins", (_, train) => {
  expect(measureAttainable({ train: train as never })?.isSurelyWeak ?? false).toBe(false);
});
