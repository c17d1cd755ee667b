import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { truncatedNormal } from "../../../../src/foundation/random/truncatedNormal.ts";
import { findContradictedRows } from "../../../../src/judging/evidence/data/contradictedRows.ts";
import { findCopies } from "../../../../src/judging/evidence/data/copies.ts";
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

    expect(findOutliers(table, "train")).toMatchObject([{ kind: "outliers", rows: [70_000, 150_000] }]);
  });

  test("are none where the numbers are sound", () => {
    expect(findOutliers(largeTable(), "train")).toEqual([]);
  });
});

describe("copies in a table with more than 200,000 rows", () => {
  const doubled = (differ: boolean) => {
    const { inputs, targets, ...table } = largeTable();
    const more = ROWS + 1;
    const copied = {
      ...table,
      count: more,
      inputs: new Float32Array(more * COLUMNS),
      targets: new Float32Array(more),
    };
    copied.inputs.set(inputs);
    copied.targets.set(targets);
    copied.inputs.set(inputs.subarray(5 * COLUMNS, 6 * COLUMNS), ROWS * COLUMNS);
    copied.targets[ROWS] = (targets[5] as number) + Number(differ);
    return copied;
  };

  test("are named where their targets differ", () => {
    expect(findCopies(doubled(true))).toMatchObject([{ rows: [5, ROWS] }]);
  });

  test("are none where their targets agree", () => {
    expect(findCopies(doubled(false))).toEqual([]);
  });
});

describe("contradicted rows of a large table", () => {
  test("say how many rows were looked at", () => {
    const table = largeTable();
    const targets = table.targets.map((value, row) => (row % 500 === 0 ? 100 : value));

    const [found] = findContradictedRows({ ...table, targets });

    expect(found?.claim).toMatch(/; \d+ of 200000 training rows were looked at, drawn at random$/);
    for (const row of found?.rows ?? []) expect(row % 500).toBe(0);
  });
});
