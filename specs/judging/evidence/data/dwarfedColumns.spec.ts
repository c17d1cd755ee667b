import { expect, it } from "vitest";
import { findDwarfed } from "../../../../src/judging/evidence/data/dwarfedColumns.ts";
import { columnSpreads } from "../../../../src/judging/evidence/spread.ts";

const ROWS = 200;
const wave = (row: number, column: number) => Math.sin(row * (column + 1) * 1.3);
const table = (number: (row: number, column: number) => number) =>
  columnSpreads(
    Float32Array.from({ length: 3 * ROWS }, (_, at) => number(Math.floor(at / 3), at % 3)),
    3,
  );

it("finds the columns that one scale for a whole table has made as good as constant", () => {
  const sizes = [9e5, 1, 4];
  const byOne = table(
    (row, column) => ((sizes[column] as number) * (1 + 0.2 * wave(row, column)) - 3e5) / 4e5,
  );

  expect(findDwarfed(byOne)).toMatchObject({ columns: 2 });
  expect(findDwarfed(byOne)?.share).toBeLessThan(1e-4);
});

it("finds none where each column has a scale of its own, where one alone hardly differs, and among rare ones", () => {
  expect(findDwarfed([])).toBeNull();
  expect(findDwarfed(table(wave))).toBeNull();
  expect(
    findDwarfed(table((row, column) => (column === 0 ? 1 + 1e-5 * wave(row, 0) : wave(row, column)))),
  ).toBeNull();
  expect(
    findDwarfed(table((row, column) => (column === 0 ? 1e4 * wave(row, 0) : row === column ? 1 : 0))),
  ).toBeNull();
});
