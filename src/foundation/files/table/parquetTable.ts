// The library that reads Parquet is asynchronous, and a config is checked against its table synchronously. So a process
// of its own reads the file, while this one waits.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { reasonOf } from "../../input/reason.ts";
import type { ParquetAnswer } from "./parquetProgram.ts";
import { placesOf, refusal, refuseManyCells, refuseNoRows, type Table } from "./table.ts";

/** The largest answer: 20 million cells as numbers, and as many words of a column as there can be. */
const MOST_BYTES = 1024 ** 3;

/**
 * Reads a Parquet file.
 *
 * @param words name of the column whose cells are kept as text.
 */
export function readParquetTable(path: string, words: string | undefined): Table {
  const { header, body } = ask([path, ...(words === undefined ? [] : [words])]);
  const { sha256, columns, rows, words: kept } = header;
  const places = placesOf(columns);
  refuseNoRows(rows, path);
  // The answer does not lie at a multiple of four bytes.
  const numbers = new Float32Array(rows * columns.length);
  body.copy(new Uint8Array(numbers.buffer));
  return { sha256, columns, places, rows, numbers, words: kept };
}

/** The text of one cell, for a message. */
export function readParquetCell(path: string, row: number, place: number): string {
  const { columns } = ask([path]).header;
  return ask([path, columns[place] as string]).header.words[row] ?? "";
}

function ask(args: readonly string[]): { header: Extract<ParquetAnswer, { rows: number }>; body: Buffer } {
  const answer = run(args);
  const end = 4 + answer.readUInt32LE(0);
  const header: ParquetAnswer = JSON.parse(answer.toString("utf8", 4, end));
  if ("cells" in header) refuseManyCells(header.cells);
  if (!("rows" in header))
    throw refusal(
      "invalid-parquet",
      "must be a Parquet file with plain columns; write it again, or as CSV",
      "fault" in header ? header.fault : "too many cells",
    );
  return { header, body: answer.subarray(end) };
}

function run(args: readonly string[]): Buffer {
  const isSource = import.meta.url.endsWith(".ts");
  const program = fileURLToPath(
    new URL(isSource ? "./parquetProgram.ts" : "./parquetProgram.js", import.meta.url),
  );
  const loader = isSource ? ["--import", import.meta.resolve("tsx")] : [];
  try {
    return execFileSync(process.execPath, [...loader, program, ...args], {
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw refusal(
      "invalid-parquet",
      "must be a Parquet file that can be read; write it again",
      reasonOf(error),
    );
  }
}
