// A program: `parquetProgram FILE [COLUMN]` writes the table in a Parquet file to standard output: four bytes with the
// length of a header, the header in JSON, and the numbers, row by row, as float32. COLUMN is also kept as words.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readNumber } from "../../numbers/readNumber.ts";
import { MOST_CELLS } from "./table.ts";

/** The header that the program writes: a table, a file that is too large, or one that cannot be read. */
export type ParquetAnswer =
  | {
      readonly sha256: string;
      readonly columns: readonly string[];
      readonly rows: number;
      readonly words: readonly string[];
    }
  | { readonly cells: number }
  | { readonly fault: string };

async function read(path: string, words: string | undefined): Promise<[ParquetAnswer, Float32Array?]> {
  const [{ parquetMetadata, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const rows = Number(metadata.num_rows);
  if (rows * columns.length > MOST_CELLS) return [{ cells: rows * columns.length }];
  const numbers = new Float32Array(rows * columns.length).fill(Number.NaN);
  const kept: string[] = new Array(words === undefined ? 0 : rows).fill("");
  await parquetRead({
    file,
    metadata,
    compressors,
    onChunk({ columnName, columnData, rowStart }) {
      const place = columns.indexOf(columnName);
      for (let row = 0; row < columnData.length; row++) {
        const text = textOf(columnData[row]);
        numbers[(rowStart + row) * columns.length + place] = readNumber(text);
        if (columnName === words) kept[rowStart + row] = text;
      }
    },
  });
  return [{ sha256: createHash("sha256").update(bytes).digest("hex"), columns, rows, words: kept }, numbers];
}

/** A cell as a CSV file would spell it. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** Waits until the bytes are taken: a pipe takes only some at once. */
function write(bytes: Uint8Array): Promise<unknown> {
  return new Promise((done) => process.stdout.write(bytes, done));
}

const [path = "", words] = process.argv.slice(2);
const [answer, numbers] = await read(path, words).catch((error: Error): [ParquetAnswer] => [
  { fault: error.message },
]);
const header = Buffer.from(JSON.stringify(answer));
const length = Buffer.alloc(4);
length.writeUInt32LE(header.length);
await write(length);
await write(header);
if (numbers) await write(new Uint8Array(numbers.buffer));
