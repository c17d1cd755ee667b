import { readWhole, stampOf } from "../readWhole.ts";
import { parseCsvTable, readCsvCell } from "./csvTable.ts";
import { readParquetCell, readParquetTable } from "./parquetTable.ts";
import { FILE, TABLE_ENDINGS, type Table } from "./table.ts";

export type { Table } from "./table.ts";

/** Number of tables cached: that of a config, and those that it is compared with. */
const MOST_KEPT = 4;

interface Kept {
  readonly stamp: string;
  readonly words: string | undefined;
  readonly table: Table;
  /** The same table for those who did not ask for words. */
  readonly plain: Table;
}
const kept = new Map<string, Kept>();

/** Whether a file is a table, by its name. */
export function isTablePath(path: string): boolean {
  return TABLE_ENDINGS.some((ending) => path.toLowerCase().endsWith(ending));
}

/**
 * Reads a table: a Parquet file, or one separated by commas, semicolons or tabs. If the file has not changed since an
 * earlier call, it returns the same object.
 *
 * @param path path relative to the working directory.
 * @param words name of the column whose cells are kept as text, for classes. @defaultValue none
 * @throws {InputError} if the file cannot be read, is no table, has no rows, or has more than 20 million cells.
 */
export function readTable(path: string, words?: string): Table {
  const known = kept.get(path);
  if (known && known.stamp === stampOf(path, FILE)) {
    if (known.words === words) return known.table;
    if (words === undefined) return known.plain;
  }
  const { table, stamp } = read(path, words);
  const plain = words === undefined ? table : { ...table, words: [] };
  kept.delete(path);
  kept.set(path, { stamp, words, table, plain });
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  return table;
}

function read(path: string, words: string | undefined) {
  if (isParquet(path)) {
    const stamp = stampOf(path, FILE);
    return { stamp, table: readParquetTable(path, words) };
  }
  const { bytes, stamp } = readWhole(path, FILE);
  return { stamp, table: parseCsvTable(bytes, path, words) };
}

/** Reads a cell's text for a message. The file is read again, since only numbers are kept. */
export function readCell(path: string, row: number, place: number): string {
  return isParquet(path)
    ? readParquetCell(path, row, place)
    : readCsvCell(readWhole(path, FILE).bytes, row, place);
}

function isParquet(path: string): boolean {
  return path.toLowerCase().endsWith(".parquet");
}
