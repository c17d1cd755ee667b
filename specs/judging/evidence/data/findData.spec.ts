import { describe, expect, test } from "vitest";
import { holm } from "../../../../src/foundation/numbers/holm.ts";
import { splitTail } from "../../../../src/foundation/numbers/splitTail.ts";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findData } from "../../../../src/judging/evidence/data/findData.ts";
import type { ExampleSets } from "../../../../src/learning/subject/subject.ts";
import { healthyTable, splitTable } from "./healthyTables.ts";

const TABLES = 200;
const ROWS = 500;

/** Two columns between -1 and 1 and a third of noise, the same in every spec. */
function points() {
  const random = seedStream(7, "spec/findData");
  const between = () => 2 * random.uniform() - 1;
  return { random, rows: Array.from({ length: ROWS }, () => [between(), between(), between()]) };
}

type Row = readonly number[];
const classOf = ([x, z]: Row) => Number((x as number) + (z as number) > 0);
const sumOf = ([x, z]: Row) => (x as number) + 2 * (z as number);
const kinds = (sets: ExampleSets) => findData(sets).map(({ kind }) => kind);

describe("sound tables", () => {
  test(`give no notice in ${TABLES} random ones of ten kinds`, () => {
    const accused = Array.from({ length: TABLES }, (_, seed) => seed + 1).filter(
      (seed) => findData(healthyTable(seed)).length > 0,
    );

    expect(accused).toEqual([]);
  });
});

describe("a notice", () => {
  test("names rows whose label all their neighbours contradict, by their numbers in the file", () => {
    const { rows, random } = points();
    const inside = rows.flatMap((row, at) =>
      Math.abs(sumOf([row[0] as number, (row[1] as number) / 2])) > 1.1 ? [at] : [],
    );
    const flipped = new Set(inside.slice(0, 6));
    const sets = splitTable(
      rows.map((row) => row.slice(0, 2)),
      rows.map((row, at) => (flipped.has(at) ? 1 - classOf(row) : classOf(row))),
      2,
      random,
    );

    const [found, ...others] = findData(sets);

    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "contradicted-rows", set: "train", column: null });
    expect(found?.rows.length).toBeGreaterThan(0);
    for (const row of found?.rows ?? []) expect(flipped.has(row - 1)).toBe(true);
  });

  test("names a row whose number its neighbours contradict", () => {
    const { rows, random } = points();
    const targets = rows.map(([x]) => Number((x as number) > 0) + 0.01 * random.uniform());
    const at = rows.findIndex(([x]) => (x as number) > 0.7);
    targets[at] = 0;
    const all = splitTable(
      rows.map(([x]) => [x as number]),
      targets,
      0,
      random,
    );
    // Where the row is held out, training does not see it.
    const isTrained = all.train.rowNumbers?.includes(at + 1);

    expect(findData(all).map((finding) => finding.rows)).toEqual(isTrained ? [[at + 1]] : []);
  });

  test("names copies with another target", () => {
    const { rows, random } = points();
    const copied = [...rows, ...rows.slice(0, 20)];
    const targets = copied.map((row, at) => sumOf(row) + Number(at >= ROWS));

    const found = findData(splitTable(copied, targets, 0, random))[0];

    expect(found?.kind).toBe("copies-with-other-targets");
    expect(found?.rows.every((row) => row <= 20 || row > ROWS)).toBe(true);
  });

  test("names a number that is far from all others of its column", () => {
    const { rows, random } = points();
    const wrong = rows.map((row, at) => (at < 3 ? [row[0] as number, 999, row[2] as number] : row));

    expect(findData(splitTable(wrong, rows.map(sumOf), 0, random))).toMatchObject([
      { kind: "outliers", column: "column 1" },
    ]);
  });

  test("names a column that is the target in another unit, or the number of its class", () => {
    const { rows, random } = points();
    const targets = rows.map(sumOf);
    const withCopy = rows.map((row, at) => [...row, 0.3 * (targets[at] as number) - 2]);
    const classes = rows.map(([x]) => ((x as number) < -0.3 ? 0 : (x as number) < 0.3 ? 1 : 2));
    const withClass = rows.map((row, at) => [...row, 10 * (classes[at] as number)]);

    expect(findData(splitTable(withCopy, targets, 0, random))).toMatchObject([
      { kind: "target-in-column", column: "column 3" },
    ]);
    expect(findData(splitTable(withClass, classes, 3, random))).toMatchObject([
      { kind: "target-in-column", column: "column 3" },
    ]);
  });

  test("names no column of a network that is to give back all that it is given", () => {
    const { rows, random } = points();
    const { train } = splitTable(rows, rows.map(sumOf), 0, random);
    const [{ length: columns } = []] = rows;
    const back = { ...train, targets: train.inputs, outputs: columns };
    const sumAndFirst = new Float32Array(train.count * 2).map(
      (_, at) => (at % 2 ? train.inputs[((at - 1) / 2) * columns] : train.targets[at / 2]) as number,
    );

    expect(kinds({ train: back, heldOut: null })).not.toContain("target-in-column");
    const corner = train.inputs.map((value, at) => (at % columns === 0 ? 0 : value));
    const cornered = { ...back, inputs: corner, targets: corner };
    expect(kinds({ train: cornered, heldOut: null })).not.toContain("target-in-column");
    expect(kinds({ train: { ...train, targets: sumAndFirst, outputs: 2 }, heldOut: null })).toContain(
      "target-in-column",
    );
  });

  test("names a class that one side of the split does not have", () => {
    const { rows, random } = points();
    const { train, heldOut } = splitTable(rows, rows.map(classOf), 2, random);
    const zeros = { ...train, targets: train.targets.map(() => 0) };

    expect(kinds({ train: zeros, heldOut })).toContain("missing-classes");
    expect(
      kinds({ train, heldOut: heldOut && { ...heldOut, targets: heldOut.targets.map(() => 1) } }),
    ).toContain("missing-classes");
  });

  test("names a held-out column that lies elsewhere, spreads otherwise, or has rare numbers too often", () => {
    const { rows, random } = points();
    const rare = rows.map((row, at) => [...row, Number(at % 100 === 0)]);
    const { train, heldOut } = splitTable(rare, rows.map(sumOf), 0, random);
    const other = (change: (value: number, column: number, row: number) => number) =>
      findData({
        train,
        heldOut: heldOut && {
          ...heldOut,
          inputs: heldOut.inputs.map((value, at) => change(value, at % 4, Math.floor(at / 4))),
        },
      }).map(({ column }) => column);

    expect(other((value) => value)).toEqual([]);
    expect(other((value, column) => (column === 1 ? value + 0.6 : value))).toEqual(["column 1"]);
    expect(other((value, column) => (column === 2 ? value / 4 : value))).toEqual(["column 2"]);
    expect(other((value, column, row) => (column === 3 && row < 12 ? 1 : value))).toEqual(["column 3"]);
  });
});

describe("Holm's correction", () => {
  test("believes the smallest as long as each is small enough for those that are left", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
    expect(holm([], 0.05)).toEqual([]);
    expect(holm([0.02, 0.01], 0.05)).toEqual([true, true]);
  });
});

test("Fisher's exact test gives the probability of the tea lady's cups", () => {
  // R: fisher.test(matrix(c(3, 1, 1, 3), 2))$p.value
  expect(splitTail({ marked: 4, drawn: 4, all: 8 }, 3)).toBeCloseTo(0.4857143, 6);
  expect(splitTail({ marked: 3, drawn: 20, all: 100 }, 3)).toBeCloseTo((20 * 19 * 18) / (100 * 99 * 98), 8);
});
