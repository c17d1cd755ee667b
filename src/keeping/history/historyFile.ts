// The history is a file of JSON lines, one for each gate of the main branch. Two branches that append to it merge
// without a conflict where .gitattributes says `merge=union`, because the order of the lines means nothing.

import { existsSync } from "node:fs";
import { type FileRule, readWhole } from "../../foundation/files/readWhole.ts";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { type HistoryLine, lineSchema } from "./historyLine.ts";

/** A line takes a kilobyte for each subject: this is room for tens of thousands of commits. */
const HISTORY: FileRule = { what: "a history", mostBytes: 64 * 1024 ** 2 };

/**
 * Reads a history, oldest commit first; the later of two lines of one commit and engine counts.
 *
 * @throws {InputError} naming the line that is none.
 */
export function readHistory(path: string): readonly HistoryLine[] {
  const lines = readWhole(path, HISTORY).bytes.toString("utf8").split("\n");
  const byCommit = new Map<string, HistoryLine>();
  lines.forEach((text, index) => {
    if (text.trim() === "") return;
    const line = parseLine(text, path, index + 1);
    byCommit.set(`${line.commit} ${line.engine}`, line);
  });
  return [...byCommit.values()].toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

function parseLine(text: string, path: string, number: number): HistoryLine {
  const parsed = lineSchema.safeParse(readJsonLine(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError({
    code: "invalid-history",
    field: `${path}: line ${number}`,
    message:
      "must be a line that gate --history wrote; take the file from version control, or delete the line",
    got: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "no JSON"}`,
  });
}

/** A text that is no JSON is no line either. */
function readJsonLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Appends a line, in place of one of the same commit and engine.
 *
 * @throws {UnwrittenError} where the file cannot be written; it stays as it was.
 * @throws {InputError} where the file is no history.
 */
export async function appendHistory(path: string, line: HistoryLine): Promise<void> {
  const known = existsSync(path) ? readHistory(path) : [];
  const others = known.filter(({ commit, engine }) => commit !== line.commit || engine !== line.engine);
  await writeWhole(path, [...others, line].map((one) => `${JSON.stringify(one)}\n`).join(""));
}
