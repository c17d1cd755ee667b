import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCell, readTable } from "../../../../src/foundation/files/table/readTable.ts";
import { InputError } from "../../../../src/foundation/input/inputError.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "learnproof-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function write(text: string | Buffer): string {
  const path = join(folder, `${count++}.csv`);
  writeFileSync(path, text);
  return path;
}
const numbersOf = (text: string | Buffer) => [...readTable(write(text)).numbers];

describe("a table", () => {
  test.each([
    ["1", 1],
    ["-2.5", -2.5],
    ["+1", 1],
    [".5", 0.5],
    ["5.", 5],
    ["1e-3", Math.fround(1e-3)],
    ["3.4e38", Math.fround(3.4e38)],
    ["1e-60", 0],
    ['"1"', 1],
  ])("holds the cell %s as a float32", (cell, value) => {
    expect(numbersOf(`a,b\n${cell},2\n`)).toEqual([value, 2]);
  });

  // JavaScript takes the first five for numbers.
  test.each([
    "0x10",
    "0b11",
    "0o7",
    "Infinity",
    "",
    "NaN",
    "1e400",
    "1e39",
    "-3.5e38",
    "1_000",
    "1 000",
    "5%",
    "１",
    "=1+1",
    "true",
    "1;5",
  ])("holds the cell %j as no number, and can say what it was", (cell) => {
    const path = write(`a,b\n2,3\n${cell},4\n`);

    expect([...readTable(path).numbers]).toEqual([2, 3, Number.NaN, 4]);
    expect(readCell(path, 1, 0)).toBe(cell);
  });

  test.each([
    ["line ends of any system", "a,b\r\n1,2\r\n3,4"],
    ["of an old one, too", "a,b\r1,2\r3,4\r"],
    ["empty lines and spaces", "\n a , b \n\n 1 , 2 \n 3,4\n\n"],
    ["a byte order mark", "\ufeffa,b\n1,2\n3,4\n"],
  ])("is read with %s", (_, text) => {
    expect(numbersOf(text)).toEqual([1, 2, 3, 4]);
    expect(readTable(write(text)).columns).toEqual(["a", "b"]);
  });

  test("is read as UTF-16, too, and with commas and line breaks in quotes", () => {
    expect(numbersOf(Buffer.from("\ufeffa,b\n1,2\n", "utf16le"))).toEqual([1, 2]);
    expect(readTable(write('"a,\nb","c"\n1,2\n')).columns).toEqual(["a,\nb", "c"]);
  });

  test("keeps words where they are asked for", () => {
    const path = write("a,kind\n1,red\n2,0x10\n");

    expect(readTable(path, "kind").words).toEqual(["red", "0x10"]);
    expect(readTable(path).words).toEqual([]);
    expect(readTable(path).numbers).toBe(readTable(path, "kind").numbers);
  });

  test("is read once while the file stays as it is", () => {
    const path = write("a,b\n1,2\n");
    const before = readTable(path);

    expect(readTable(path)).toBe(before);
    writeFileSync(path, "a,b\n1,3\n");
    expect(readTable(path).numbers[1]).toBe(3);
  });

  test("of 200,000 columns is read column by column once, not each by each", () => {
    const names = Array.from({ length: 200_000 }, (_, at) => `c${at}`);
    const row = names.map((_, at) => at % 7).join(",");
    const { columns, places, numbers } = readTable(write(`${names.join(",")}\n${row}\n${row}\n`));

    expect(columns).toEqual(names);
    expect([places.get("c199999"), numbers.length, numbers.at(-1)]).toEqual([199_999, 400_000, 199_999 % 7]);
  });

  test.each(["__proto__", "constructor", "toString"])("may have a column named %s", (name) => {
    expect(readTable(write(`${name},b\n1,2\n`)).places.get(name)).toBe(0);
    expect(readTable(write("a,b\n1,2\n")).places.get(name)).toBeUndefined();
  });

  test.each([
    ["more than 20 million cells", () => `a,b\n${"1,2\n".repeat(10_000_000)}`, "too-large", "20000000 cells"],
    ["a column twice", () => "a,b,a\n1,2,3", "conflict", "each column once"],
    ["a ragged row", () => "a,b\n1\n", "invalid-csv", "as many cells"],
    ["a quote that never ends", () => 'a,b\n"1,2\n', "invalid-csv", "must be CSV"],
    ["nothing", () => "", "empty-file", "at least one row"],
    ["a header alone", () => "a,b\n", "empty-file", "at least one row"],
  ])("is refused for %s", (_, text, code, rule) => {
    const path = write(text());
    let error: unknown;
    try {
      readTable(path);
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code, field: "data.file" });
    expect((error as InputError).rule).toContain(rule);
  });
});
