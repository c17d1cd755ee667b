import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allFinite,
  average,
  columnMeans,
  columnSquaredErrors,
  columnVariances,
  distance,
  norm,
} from "../../../src/foundation/numbers/statistics.ts";

const value = fc.float({ min: -1000, max: 1000, noNaN: true });

/** Rows of equally many columns. */
const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 12 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

function flat(rows: readonly number[][]): Float32Array {
  return Float32Array.from(rows.flat());
}

function columnsOf(rows: readonly number[][]): number[][] {
  return (rows[0] as number[]).map((_, column) => rows.map((row) => row[column] as number));
}

/** Half the mean squared difference of all pairs: a population variance that takes no mean. */
function pairwiseVariance(values: readonly number[]): number {
  const differences = values.flatMap((a) => values.map((b) => (a - b) ** 2));
  return differences.reduce((sum, square) => sum + square, 0) / (2 * values.length ** 2);
}

function expectClose(actual: readonly number[], expected: readonly number[], scale: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, wanted] of expected.entries()) {
    expect(Math.abs((actual[index] as number) - wanted)).toBeLessThanOrEqual(1e-9 * scale);
  }
}

describe("column variances", () => {
  // Dividing by n − 1, or reading the table by columns, breaks this.
  property.prop([table])("are population variances, each column by itself", (rows) => {
    const variances = columnVariances(flat(rows), (rows[0] as number[]).length);

    expectClose(variances, columnsOf(rows).map(pairwiseVariance), 1e6);
  });

  // E[x²] − E[x]² in float32 gives 0 here, in double precision something below 0 for other offsets.
  test("survive a mean a million times their deviation", () => {
    const values = Float32Array.from([1e6 - 1, 1e6 + 1, 1e6 - 1, 1e6 + 1]);

    expect(columnVariances(values, 1)).toEqual([1]);
  });

  // Sums of equal float32 numbers are exact in double precision, so that a constant is known by a variance of 0:
  // no ratio to it is defined. Sums in float32, or E[x²] − E[x]², leave a rest.
  property.prop([value, fc.integer({ min: 1, max: 300 })])(
    "are exactly 0 where a column is constant",
    (constant, rows) => {
      const table = Float32Array.from({ length: 2 * rows }, (_, index) => (index % 2 ? constant : index));

      expect(columnVariances(table, 2)[1]).toBe(0);
    },
  );
});

describe("column means and squared errors", () => {
  property.prop([table])("are taken down each column", (rows) => {
    const columns = columnsOf(rows);
    const shifted = rows.map((row) => row.map((entry, column) => Math.fround(entry + column)));

    const means = columnMeans(flat(rows), columns.length);
    const errors = columnSquaredErrors(flat(shifted), flat(rows), columns.length);

    const wanted = columns.map((column) => column.reduce((sum, entry) => sum + entry, 0) / rows.length);
    expectClose(means, wanted, 1e3);
    errors.forEach((error, column) => {
      expect(Math.abs(error - column ** 2)).toBeLessThan(1e-3);
    });
  });

  test("the squared error is that of the two tables, not of their means", () => {
    const errors = columnSquaredErrors(Float32Array.of(1, 5, -1, 5), Float32Array.of(0, 2, 0, 2), 2);

    expect(errors).toEqual([1, 9]);
  });
});

describe("norm, distance and average", () => {
  property.prop([fc.array(value, { maxLength: 20 })])(
    "agree with Math.hypot and with each other",
    (values) => {
      const vector = Float32Array.from(values);

      expectClose([norm(vector)], [Math.hypot(...vector)], 1e4);
      expect(distance(vector, new Float32Array(vector.length))).toBe(norm(vector));
      expect(distance(vector, vector)).toBe(0);
    },
  );

  test("an average weighs every number alike", () => {
    expect(average([1, 2, 6])).toBe(3);
  });
});

describe("allFinite", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e39])(
    "finds one %d among finite numbers",
    (wrong) => {
      expect(allFinite(Float32Array.of(1, 2, wrong))).toBe(false);
      expect(allFinite(Float32Array.of(1, 2, 3.4e38, 0))).toBe(true);
    },
  );
});
