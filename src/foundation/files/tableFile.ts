import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { InputError } from "../input/inputError.ts";
import { reasonOf } from "../input/reason.ts";
import { readNumber } from "../numbers/readNumber.ts";
import { type FileRule, readWhole, stampOf } from "./readWhole.ts";

/** A CSV file with a header line, as it was read. */
export interface Table {
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly columns: readonly string[];
  /** The place of each column within a row, by its name. */
  readonly places: ReadonlyMap<string, number>;
  /** How many rows there are, without the header. */
  readonly rows: number;
  /** `[rows, columns]`, row by row; NaN where a cell is no finite float32. */
  readonly numbers: Float32Array;
  /** The cells, row by row, of the column that was requested as words; empty if none was. */
  readonly words: readonly string[];
}

const FIELD = "data.file";
const FILE: FileRule = { field: FIELD, what: "a CSV file", mostBytes: 512 * 1024 ** 2 };
/** The largest number of cells. At a microsecond each, they take half a minute to read; they occupy 80 MB. */
const MOST_CELLS = 20_000_000;
/** Number of tables cached: that of a config, and those that it is compared with. */
const MOST_KEPT = 4;

interface Kept {
  readonly stamp: string;
  readonly words: string | undefined;
  readonly table: Table;
}
const kept = new Map<string, Kept>();

/**
 * Reads a table. If the file has not changed since an earlier call, it returns the same object.
 *
 * @param path path relative to the working directory.
 * @param words name of the column whose cells are kept as text, for classes. @defaultValue none
 * @throws {InputError} if the file cannot be read, is not CSV, has no rows, or has more than 20 million cells.
 */
export function readTable(path: string, words?: string): Table {
  const known = kept.get(path);
  if (known && known.words === words && known.stamp === stampOf(path, FILE)) return known.table;
  const { bytes, stamp } = readWhole(path, FILE);
  const table = parseTable(bytes, path, words);
  kept.delete(path);
  kept.set(path, { stamp, words, table });
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  return table;
}

/** Reads a cell's text for a message. The file is read again, since only numbers are kept. */
export function readCell(path: string, row: number, place: number): string {
  const { bytes } = readWhole(path, FILE);
  let cell = "";
  parseRecords(bytes, (record, index) => {
    if (index === row + 1) cell = record[place] ?? "";
  });
  return cell;
}

function parseTable(bytes: Buffer, path: string, words: string | undefined): Table {
  const cells = countCells(bytes);
  if (cells > MOST_CELLS)
    throw refusal(
      "too-large",
      `must have at most ${MOST_CELLS} cells; take fewer rows, or leave columns out of the file`,
      `${cells} of them`,
    );
  const places = new Map<string, number>();
  const numbers = new Float32Array(cells);
  const kept: string[] = [];
  let rows = -1;
  parseRecords(bytes, (record) => {
    if (rows++ < 0) {
      for (const [place, column] of record.entries()) {
        if (places.has(column))
          throw refusal("conflict", "must name each column once in its first line; rename one", column);
        places.set(column, place);
      }
      return;
    }
    const from = (rows - 1) * places.size;
    for (let place = 0; place < record.length; place++)
      numbers[from + place] = readNumber(record[place] as string);
    const asWords = words === undefined ? undefined : places.get(words);
    if (asWords !== undefined) kept.push(record[asWords] as string);
  });
  if (rows < 1)
    throw refusal(
      "empty-file",
      "must hold a line of column names and at least one row; add some",
      rows < 0 ? "an empty file" : path,
    );
  return {
    sha256: createHash("sha256").update(bytes).digest("hex"),
    columns: [...places.keys()],
    places,
    rows,
    numbers: numbers.subarray(0, rows * places.size),
    words: kept,
  };
}

/** Passes the file's records on one by one, so that their text is not kept in memory. */
function parseRecords(bytes: Buffer, take: (record: readonly string[], index: number) => void): void {
  let index = 0;
  try {
    parse(bytes, {
      bom: true,
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
      "must be CSV, separated by commas, with as many cells in each row as the first line has; correct it",
      reasonOf(error),
    );
  }
}

/**
 * Estimates the number of cells from above: it counts commas and ends of lines outside quotes, before the file is
 * parsed.
 */
function countCells(bytes: Buffer): number {
  let cells = 1;
  let quoted = false;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place];
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === COMMA || byte === LINE_FEED) cells++;
    else if (byte === RETURN && bytes[place + 1] !== LINE_FEED) cells++;
  }
  return cells;
}

const [QUOTE, COMMA, LINE_FEED, RETURN] = [0x22, 0x2c, 0x0a, 0x0d];

function refusal(code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field: FIELD, message, got });
}
