import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPackage } from "../../../builtPackage.ts";

// Built, since the process that reads Parquet takes a third of the time to start without a loader.
const { readCell, readTable }: typeof import("../../../../src/foundation/files/table/readTable.ts") =
  await import(join(builtPackage(), "dist/foundation/files/table/readTable.js"));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "learnproof-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("a table that is separated by something else", () => {
  test.each([
    ["tabs.tsv", "a\tb\n1\t2\n3\t4\n"],
    ["tabs.csv", "a\tb\n1\t2\n3\t4\n"],
    ["semicolons.csv", "a;b\n1;2\n3;4\n"],
    ["quoted.csv", '"a";"b"\n1;2\n3;4\n'],
    ["commas.tsv", "a,b\n1,2\n3,4\n"],
  ])("is read by what its first line holds: %s", (name, text) => {
    const table = readTable(write(name, text));

    expect(table.columns).toEqual(["a", "b"]);
    expect([...table.numbers]).toEqual([1, 2, 3, 4]);
  });

  test("keeps a delimiter within quotes as a part of the name", () => {
    expect(readTable(write("names.csv", '"a, b; c";d\n1;2\n')).columns).toEqual(["a, b; c", "d"]);
  });

  test("gives the text of a cell", () => {
    expect(readCell(write("cell.tsv", "a\tb\n1\tfour, five\n"), 0, 1)).toBe("four, five");
  });
});

describe("a Parquet file", () => {
  const columns: ColumnSource[] = [
    { name: "rooms", data: [1, 2, 3], type: "INT32" },
    { name: "price", data: [1.5, null, 1e39], type: "DOUBLE" },
    { name: "town", data: ["Ulm", "Bern", "Ulm"], type: "STRING" },
    { name: "many", data: [1n, 2n, 2n ** 60n], type: "INT64" },
    { name: "sold", data: [true, false, true], type: "BOOLEAN" },
  ];
  const parquet = (codec: "SNAPPY" | "UNCOMPRESSED" = "SNAPPY") =>
    new Uint8Array(parquetWriteBuffer({ columnData: columns, codec }));

  test.each(["SNAPPY", "UNCOMPRESSED"] as const)("is a table like another: %s", (codec) => {
    const table = readTable(write(`${codec}.parquet`, parquet(codec)), "town");

    expect(table.columns).toEqual(["rooms", "price", "town", "many", "sold"]);
    expect(table.rows).toBe(3);
    const no = Number.NaN;
    expect([...table.numbers]).toEqual([
      ...[1, 1.5, no, 1, no],
      ...[2, no, no, 2, no],
      ...[3, no, no, 2 ** 60, no],
    ]);
    expect(table.words).toEqual(["Ulm", "Bern", "Ulm"]);
    expect(table.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("gives the text of a cell, as CSV would spell it", () => {
    const path = write("cells.parquet", parquet());

    expect(readCell(path, 1, 1)).toBe("");
    expect(readCell(path, 2, 1)).toBe("1e+39");
    expect(readCell(path, 1, 2)).toBe("Bern");
  });

  test("is read once while it stays as it is, and again when it changes", () => {
    const path = write("kept.parquet", parquet());
    const first = readTable(path, "town");

    expect(readTable(path, "town")).toBe(first);
    writeFileSync(path, parquet("UNCOMPRESSED"));
    expect(readTable(path, "town")).not.toBe(first);
  });

  test("with 400,000 cells comes whole", () => {
    const data = Array.from({ length: 100_000 }, (_, row) => row);
    const columnData = ["a", "b", "c", "d"].map((name) => ({ name, data, type: "INT32" as const }));
    const table = readTable(write("long.parquet", new Uint8Array(parquetWriteBuffer({ columnData }))));

    expect(table.rows).toBe(100_000);
    expect(table.numbers.every((value, at) => value === Math.floor(at / 4))).toBe(true);
  });

  test.each([
    ["that is none", "PAR1 but no more", "must be a Parquet file"],
    ["that is empty", "", "must be a Parquet file"],
    ["that was cut off", parquet().subarray(0, 100), "must be a Parquet file"],
    [
      "without rows",
      new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "a", data: [], type: "INT32" }] })),
      "at least one row",
    ],
  ])("%s is refused in a sentence", (name, bytes, rule) => {
    const path = write(`${name}.parquet`, bytes);

    expect(() => readTable(path)).toThrow(rule);
    expect(() => readTable(path)).toThrow(/^data\.file: /);
  });

  test("that does not exist is refused in a sentence", () => {
    expect(() => readTable(join(folder, "none.parquet"))).toThrow("that does not exist");
  });
});
