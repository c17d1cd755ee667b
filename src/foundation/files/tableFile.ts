import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { InputError } from "../input/inputError.ts";

/** A CSV file with a header line, as it was read. */
export interface Table {
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly columns: readonly string[];
  /** Row by row, cell by cell, as text. */
  readonly rows: readonly (readonly string[])[];
}

const MOST_BYTES = 512 * 1024 ** 2;
const FIELD = "data.file";

interface Stamp {
  readonly modified: number;
  readonly size: number;
}
const seen = new Map<string, { readonly stamp: Stamp; readonly table: Table }>();

/**
 * Reads a table; asked again for a file that has not changed since, it gives the same one.
 *
 * @param path from the working directory.
 * @throws {InputError} where it cannot be read, is no CSV, or has no rows.
 */
export function readTable(path: string): Table {
  const stamp = stampOf(path);
  const known = seen.get(path);
  if (known?.stamp.modified === stamp.modified && known.stamp.size === stamp.size) return known.table;
  const table = parseTable(readFileSync(path), path);
  seen.set(path, { stamp, table });
  return table;
}

function stampOf(path: string): Stamp {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info)
    throw refusal(
      "no-such-file",
      "must be a file that exists, from the working directory; check the path",
      path,
    );
  if (!info.isFile()) throw refusal("not-a-file", "must be a CSV file; name the file itself", path);
  if (info.size > MOST_BYTES)
    throw refusal("too-large", "must be a file of at most 512 MiB; take fewer rows", `${info.size} bytes`);
  return { modified: info.mtimeMs, size: info.size };
}

function parseTable(bytes: Buffer, path: string): Table {
  const [columns, ...rows] = parseCsv(bytes);
  if (!columns || rows.length === 0)
    throw refusal("empty-file", "must hold a line of column names and at least one row; add some", path);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw refusal("conflict", "must name each column once in its first line; rename one", twice);
  return { sha256: createHash("sha256").update(bytes).digest("hex"), columns, rows };
}

function parseCsv(bytes: Buffer): string[][] {
  try {
    return parse(bytes, { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw refusal(
      "invalid-csv",
      "must be CSV, separated by commas, with as many cells in each row as the first line has; correct it",
      (error as Error).message,
    );
  }
}

function refusal(code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field: FIELD, message, got });
}
