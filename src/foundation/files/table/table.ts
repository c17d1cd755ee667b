import { InputError } from "../../input/inputError.ts";
import type { FileRule } from "../readWhole.ts";

/** A table with named columns, as it was read from a file. */
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

/** Endings of the files that are tables: separated by commas, semicolons or tabs, or Parquet. */
export const TABLE_ENDINGS = [".csv", ".tsv", ".parquet"] as const;

export const FIELD = "data.file";
export const FILE: FileRule = {
  field: FIELD,
  what: "a CSV, TSV or Parquet file",
  mostBytes: 512 * 1024 ** 2,
};
/** The largest number of cells. At a microsecond each, they take half a minute to read; they occupy 80 MB. */
export const MOST_CELLS = 20_000_000;

/** @throws {InputError} if a table is larger than learnproof reads. */
export function refuseManyCells(cells: number): void {
  if (cells > MOST_CELLS)
    throw refusal(
      "too-large",
      `must have at most ${MOST_CELLS} cells; take fewer rows, or leave columns out of the file`,
      `${cells} of them`,
    );
}

/**
 * Numbers the columns.
 *
 * @throws {InputError} if two have the same name.
 */
export function placesOf(columns: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, column] of columns.entries()) {
    if (places.has(column))
      throw refusal("conflict", "must name each column once in its first line; rename one", column);
    places.set(column, place);
  }
  return places;
}

/** @throws {InputError} if a table has no rows. */
export function refuseNoRows(rows: number, got: string): void {
  if (rows < 1)
    throw refusal("empty-file", "must hold a line of column names and at least one row; add some", got);
}

export function refusal(code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field: FIELD, message, got });
}
