import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findTargetCopy } from "../../../../src/judging/evidence/targets/targetCopy.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

type Numbers = readonly number[];

/** Rows whose target is a noisy function of two numbers, with columns that are made of both and of the target. */
function table(
  columns: (row: Numbers, target: number) => Numbers,
  target?: (row: Numbers) => number,
): Examples {
  const random = seedStream(6, "spec/targetCopy");
  const rows = Array.from({ length: 120 }, () => {
    const row = [random.uniform(), random.uniform(), random.uniform()];
    const wanted = target?.(row) ?? Math.sin(3 * (row[0] ?? 0)) + (row[1] ?? 0) + 0.2 * random.uniform();
    return { inputs: columns(row, wanted), wanted };
  });
  return {
    count: rows.length,
    inputShape: [rows[0]?.inputs.length ?? 0],
    outputs: 1,
    inputs: Float32Array.from(rows.flatMap(({ inputs }) => inputs)),
    targets: Float32Array.from(rows.map(({ wanted }) => wanted)),
  };
}

describe("a column that is the target in other numbers", () => {
  test.each([
    ["itself", (target: number) => target],
    ["in another unit", (target: number) => 7 - 250 * target],
    ["under a function that rises", (target: number) => Math.exp(target)],
  ])("is found: %s", (_, copy) => {
    expect(findTargetCopy(table((row, target) => [...row, copy(target)]))).toBe(3);
  });

  test.each([
    ["no column is one", table((row) => row)],
    ["it is a noisy relative", table((row, target) => [...row, target + 0.01 * (row[2] ?? 0)])],
    [
      "the task asks for one column, and the others tell nothing",
      table(
        (row) => row,
        ([a = 0]) => 2 * a + 1,
      ),
    ],
    [
      "the other columns are powers of the one that is asked for",
      table(
        ([a = 0]) => [a, a ** 2, a ** 3],
        ([a = 0]) => 2 * a + 1,
      ),
    ],
  ])("is none where %s: the twins", (_, examples) => {
    expect(findTargetCopy(examples)).toBeNull();
  });
});
