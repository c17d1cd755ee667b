import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findData } from "../../../../src/judging/evidence/data/findData.ts";
import { findSortedSplit } from "../../../../src/judging/evidence/split/sortedSplit.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

type Row = readonly [input: number, target: number];

function setOf(rows: readonly Row[], more: Partial<Examples> = {}): Examples {
  return {
    count: rows.length,
    inputShape: [1],
    outputs: 1,
    inputs: Float32Array.from(rows, ([input]) => input),
    targets: Float32Array.from(rows, ([, target]) => target),
    ...more,
  };
}

const random = seedStream(1, "sorted split");
const shuffled = Array.from({ length: 100 }, (): Row => [random.uniform(), random.uniform()]);
const by = (place: 0 | 1, rows = shuffled) => [...rows].sort((a, b) => a[place] - b[place]);
const split = (rows: readonly Row[]) => ({ train: setOf(rows.slice(0, 80)), heldOut: setOf(rows.slice(80)) });

describe("rows that were sorted before they were split", () => {
  test("are found by their targets, rising or falling", () => {
    expect(findSortedSplit(split(by(1)))).toMatchObject({ side: "targets", name: "the target" });
    expect(findSortedSplit(split(by(1).reverse()))).toMatchObject({ side: "targets" });
  });

  test("are found by a column of their inputs, and said among the data findings", () => {
    expect(findSortedSplit(split(by(0)))).toMatchObject({ side: "inputs", name: "input 0" });
    expect(findData(split(by(0))).map(({ kind }) => kind)).toContain("sorted-split");
  });

  test("are found by their class, one-hot as well", () => {
    const classOf = (row: number) => Math.floor(row / 34);
    const set = (from: number, to: number): Examples => ({
      count: to - from,
      inputShape: [1],
      outputs: 3,
      classification: true,
      inputs: Float32Array.from({ length: to - from }, () => random.uniform()),
      targets: Float32Array.from({ length: 3 * (to - from) }, (_, at) =>
        Number(classOf(from + Math.floor(at / 3)) === at % 3),
      ),
    });

    expect(findSortedSplit({ train: set(0, 80), heldOut: set(80, 102) })?.name).toBe("the class");
  });

  test("are not rows in any order, two sets that are each sorted over one range, or windows of a series", () => {
    expect(findSortedSplit(split(shuffled))).toBeNull();
    const both = {
      train: setOf(by(1, shuffled.slice(0, 80))),
      heldOut: setOf(by(1, shuffled.slice(80))),
    };
    expect(findSortedSplit(both)).toBeNull();
    const rare = shuffled.map((_, row): Row => [random.uniform(), Number(row === 99)]);
    expect(findSortedSplit(split(rare))).toBeNull();
    const { train, heldOut } = split(by(1));
    const windows = (examples: Examples): Examples => ({
      ...examples,
      inputShape: [2, 1],
      inputs: Float32Array.from({ length: 2 * examples.count }, (_, at) => Math.sin(at)),
    });
    expect(findSortedSplit({ train: windows(train), heldOut: windows(heldOut) })).toBeNull();
  });
});
