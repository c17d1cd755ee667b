import { expect, test } from "vitest";
import { sortedColumn, spreadWithinBatches } from "../../../src/judging/evidence/batchSpread.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { gather } from "../../../src/learning/subject/examples.ts";
import { healthy } from "../../failure-modes/healthy.ts";

const drawn = { ...createSubject(parseConfig(healthy) as BuiltInConfig), shuffle: false };
const { targets, count } = drawn.train;
const order = Array.from({ length: count }, (_, row) => row).sort(
  (a, b) => (targets[a] as number) - (targets[b] as number),
);
const sorted = { ...drawn, train: gather(drawn.train, order) };

test("batches of sorted rows vary little within themselves", () => {
  expect(spreadWithinBatches(sorted)).toBeLessThan(0.25);
  expect(spreadWithinBatches({ ...sorted, batchSize: 1 })).toBeLessThan(0.25);
});

test("batches of rows in a drawn order vary as all rows do: the twin", () => {
  expect(spreadWithinBatches(drawn)).toBeGreaterThan(0.8);
  expect(spreadWithinBatches({ ...drawn, batchSize: 1 })).toBeGreaterThan(0.8);
});

test("nothing is asked of rows that are shuffled, or that stand in one batch", () => {
  expect(spreadWithinBatches({ ...sorted, shuffle: true })).toBeNull();
  expect(spreadWithinBatches({ ...sorted, batchSize: count })).toBeNull();
});

test("a column of whole numbers that sorts the rows is found, and none in rows of a drawn order: the twin", () => {
  const rows = Array.from({ length: 240 }, (_, row) => [(row * 7) % 12, Math.floor(row / 8), Math.sin(row)]);
  const of = (inputs: readonly (readonly number[])[], shuffle = false) =>
    sortedColumn({
      batchSize: 16,
      shuffle,
      train: {
        count: rows.length,
        inputShape: [3],
        outputs: 1,
        inputs: Float32Array.from(inputs.flat()),
        targets: Float32Array.from(rows, (_, row) => row % 5),
      },
    });

  expect(of(rows)).toMatchObject({ column: 1 });
  expect(of(rows)?.spread).toBeLessThan(0.1);
  expect(of(rows.map((_, row) => rows[(row * 77) % 240] ?? []))?.spread).toBeGreaterThan(0.8);
  expect(of(rows, true)).toBeNull();
});
