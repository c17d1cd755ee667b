import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tabulateInputs } from "../../../../src/judging/evidence/split/inputTable.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

/** Few different numbers, so that inputs repeat. */
const numbers = fc.constantFrom(0, -0, 1, -1, 1.5, 3e38, 1e-45, Number.NaN);
const rowsOf = (size: number) =>
  fc.array(fc.array(numbers, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 60 });
const sets = fc.integer({ min: 1, max: 4 }).chain((size) => fc.tuple(rowsOf(size), rowsOf(size)));

function examplesOf(rows: readonly number[][]): Examples {
  // Behind other numbers in one buffer, as a part of a longer table is.
  const all = Float32Array.from([7, 7, ...rows.flat()]);
  const size = rows[0]?.length ?? 0;
  return {
    count: rows.length,
    inputShape: [size],
    inputs: all.subarray(2),
    outputs: 1,
    targets: new Float32Array(rows.length),
  };
}

/** The same by the bytes of each row as a text. */
function textsOf(rows: readonly number[][]): string[] {
  return rows.map((row) => Buffer.from(Float32Array.from(row).buffer).toString("hex"));
}

describe("the table of a set's inputs", () => {
  property.prop([sets])("counts as texts of their bytes do", ([rows, others]) => {
    const table = tabulateInputs(examplesOf(rows));

    const texts = textsOf(rows);
    const often = texts.map((text) => texts.filter((other) => other === text).length);
    expect(table.distinct).toBe(new Set(texts).size);
    expect(table.repeated).toBe(often.filter((times) => times > 1).length);
    expect(table.countKnown(examplesOf(others))).toBe(
      textsOf(others).filter((text) => texts.includes(text)).length,
    );
  });

  test("takes a hundred thousand rows that differ in one bit each", () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => [row, 1]);

    const table = tabulateInputs(examplesOf(rows));

    expect(table).toMatchObject({ distinct: 100_000, repeated: 0 });
    expect(
      table.countKnown(
        examplesOf([
          [5, 1],
          [5, 2],
        ]),
      ),
    ).toBe(1);
  });
});
