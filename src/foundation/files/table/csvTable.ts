import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { InputError } from "../../input/inputError.ts";
import { reasonOf } from "../../input/reason.ts";
import { readNumber } from "../../numbers/readNumber.ts";
import { placesOf, refusal, refuseManyCells, refuseNoRows, type Table } from "./table.ts";

/**
 * Parses a table whose cells are separated by commas, semicolons or tabs: by whichever occurs most in the first line.
 *
 * @param words name of the column whose cells are kept as text.
 */
export function parseCsvTable(bytes: Buffer, path: string, words: string | undefined): Table {
  const delimiter = delimiterOf(bytes);
  const cells = countCells(bytes, delimiter);
  refuseManyCells(cells);
  let places = new Map<string, number>();
  const numbers = new Float32Array(cells);
  const kept: string[] = [];
  let rows = -1;
  parseRecords(bytes, delimiter, (record) => {
    if (rows++ < 0) {
      places = placesOf(record);
      return;
    }
    const from = (rows - 1) * places.size;
    for (let place = 0; place < record.length; place++)
      numbers[from + place] = readNumber(record[place] as string);
    const asWords = words === undefined ? undefined : places.get(words);
    if (asWords !== undefined) kept.push(record[asWords] as string);
  });
  refuseNoRows(rows, rows < 0 ? "an empty file" : path);
  return {
    sha256: createHash("sha256").update(bytes).digest("hex"),
    columns: [...places.keys()],
    places,
    rows,
    numbers: numbers.subarray(0, rows * places.size),
    words: kept,
  };
}

/** The text of one cell, for a message: only numbers are kept. */
export function readCsvCell(bytes: Buffer, row: number, place: number): string {
  let cell = "";
  parseRecords(bytes, delimiterOf(bytes), (record, index) => {
    if (index === row + 1) cell = record[place] ?? "";
  });
  return cell;
}

const require = createRequire(import.meta.url);

/** Loads the parser when a table is read: every command that reads a config loads this file. */
function loadParser() {
  return (require("csv-parse/sync") as typeof import("csv-parse/sync")).parse;
}

/** Passes the file's records on one by one, so that their text is not kept in memory. */
function parseRecords(
  bytes: Buffer,
  delimiter: Delimiter,
  take: (record: readonly string[], index: number) => void,
): void {
  let index = 0;
  try {
    loadParser()(bytes, {
      bom: true,
      delimiter: String.fromCharCode(delimiter),
      skip_empty_lines: true,
      trim: true,
      on_record: (record: readonly string[]) => {
        take(record, index++);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refusal(
      "invalid-csv",
      "must be CSV, separated by commas, semicolons or tabs, with as many cells in each row as the first line has; correct it",
      reasonOf(error),
    );
  }
}

const [QUOTE, COMMA, SEMICOLON, TAB, LINE_FEED, RETURN] = [0x22, 0x2c, 0x3b, 0x09, 0x0a, 0x0d];
type Delimiter = number;

function delimiterOf(bytes: Buffer): Delimiter {
  const counts = new Map<Delimiter, number>([
    [COMMA, 0],
    [SEMICOLON, 0],
    [TAB, 0],
  ]);
  let quoted = false;
  for (const byte of bytes) {
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === LINE_FEED || byte === RETURN) break;
    else if (counts.has(byte)) counts.set(byte, (counts.get(byte) as number) + 1);
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

/**
 * Estimates the number of cells from above: it counts delimiters and ends of lines outside quotes, before the file is
 * parsed.
 */
function countCells(bytes: Buffer, delimiter: Delimiter): number {
  let cells = 1;
  let quoted = false;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place];
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === delimiter || byte === LINE_FEED) cells++;
    else if (byte === RETURN && bytes[place + 1] !== LINE_FEED) cells++;
  }
  return cells;
}
