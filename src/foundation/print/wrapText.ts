import wrapAnsi from "wrap-ansi";
import { terminalColumns } from "./printTable.ts";

/**
 * Breaks each line of a text between words where it is wider than the terminal; what follows a break is indented.
 *
 * @param columns width of the terminal, infinite if there is none. @defaultValue standard output's
 */
export function wrapText(text: string, indent = "  ", columns: number = terminalColumns()): string {
  if (!Number.isFinite(columns)) return text;
  return text
    .split("\n")
    .map((line) => wrapLine(line, indent, columns))
    .join("\n");
}

function wrapLine(line: string, indent: string, columns: number): string {
  const [first = "", ...rest] = wrapAnsi(line, columns, { trim: false }).split("\n");
  if (rest.length === 0) return first;
  const further = wrapAnsi(rest.join("\n").replaceAll("\n", ""), columns - indent.length, { trim: false });
  return [first, ...further.split("\n").map((part) => `${indent}${part.trimStart()}`)]
    .map((part) => part.trimEnd())
    .join("\n");
}
