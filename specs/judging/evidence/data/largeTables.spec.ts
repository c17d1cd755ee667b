import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { truncatedNormal } from "../../../../src/foundation/random/truncatedNormal.ts";
import { findOutliers } from "../../../../src/judging/evidence/data/outliers.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const ROWS = 200_000;
const COLUMNS = 3;
const HEAVY = 2;

/** A table of noise; the last column has a long tail, whose numbers are sound. */
function largeTable(): Examples {
  const random = seedStream(3, "spec/largeTables");
  const inputs = new Float32Array(ROWS * COLUMNS).map((_, at) =>
    at % COLUMNS === HEAVY ? truncatedNormal(random) ** 5 : truncatedNormal(random),
  );
  return {
    count: ROWS,
    inputShape: [COLUMNS],
    outputs: 1,
    inputs,
    targets: new Float32Array(ROWS).map((_, row) => inputs[row * COLUMNS] as number),
  };
}

describe("outliers of a table with 200,000 rows", () => {
  test("are named, at both ends of a column", () => {
    const table = largeTable();
    table.inputs[70_000 * COLUMNS] = 1e6;
    table.inputs[150_000 * COLUMNS] = -2e6;

    expect(findOutliers(table)).toMatchObject([{ kind: "outliers", rows: [70_000, 150_000] }]);
  });

  test("are none where the numbers are sound", () => {
    expect(findOutliers(largeTable())).toEqual([]);
  });
});
