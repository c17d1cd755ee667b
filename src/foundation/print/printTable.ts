import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";

export interface TableContent {
  /** One name a column. */
  readonly head: readonly string[];
  /** @defaultValue left, every one */
  readonly aligns?: readonly ("left" | "right")[];
  /** The rows, each with as many cells as the head, coloured or not. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Width that a border and its padding take beside a cell's text. */
const PADDING = 3;

/** The smallest width of the last column; a narrower one would break in the middle of words. */
const LEAST_TEXT = 16;

/**
 * Prints a table as wide as its content if the terminal is wide enough; otherwise with its last column wrapped;
 * otherwise, on the width of a phone, as a list with a line for each cell.
 *
 * @param columns width of the terminal, infinite if there is none. @defaultValue standard output's
 */
export function printTable(content: TableContent, columns: number = terminalColumns()): string {
  const { head, rows } = content;
  const widths = head.map((name, column) =>
    Math.max(lengthOf(name), ...rows.map((row) => lengthOf(row[column] ?? ""))),
  );
  const whole = widths.reduce((sum, width) => sum + width + PADDING, 1);
  if (whole <= columns) return drawTable(content);
  const last = columns - whole + (widths.at(-1) ?? 0);
  if (last < LEAST_TEXT) return drawList(content);
  // A column's width counts the padding on both sides.
  return drawTable(
    content,
    [...widths.slice(0, -1), last].map((width) => width + PADDING - 1),
  );
}

/** Returns the number of columns of the terminal on standard output; infinity for a pipe or a file. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
}

function drawTable({ head, aligns, rows }: TableContent, colWidths?: number[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: [...(aligns ?? head.map(() => "left" as const))],
    ...(colWidths && { colWidths, wordWrap: true, wrapOnWordBoundary: !hasLongWord(rows, colWidths) }),
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

/** Whether a word in the last column is longer than the column, and would be cut off instead of wrapped. */
function hasLongWord(rows: TableContent["rows"], colWidths: readonly number[]): boolean {
  const width = (colWidths.at(-1) ?? 0) - PADDING + 1;
  const words = rows.flatMap((row) => String(row.at(-1) ?? "").split(" "));
  return words.some((word) => lengthOf(word) > width);
}

function drawList({ head, rows }: TableContent): string {
  const named = (cell: string | number, column: number) =>
    head[column] === "" ? `${cell}` : `  ${head[column]}: ${cell}`;
  return rows
    .map((row) =>
      row
        .map(named)
        .filter((line) => line.trim() !== "")
        .join("\n"),
    )
    .join("\n");
}

function lengthOf(cell: string | number): number {
  return [...stripVTControlCharacters(String(cell))].length;
}
