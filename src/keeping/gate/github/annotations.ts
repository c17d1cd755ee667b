import { type FileRule, readWhole } from "../../../foundation/files/readWhole.ts";
import type { InputError } from "../../../foundation/input/inputError.ts";
import { needsEscape } from "../../../foundation/input/printable.ts";
import { printConfigChanges } from "../configChanges.ts";
import { configLine } from "../configLine.ts";
import type { GatedSubject } from "../gatedSubject.ts";
import { type GateResult, stateOf } from "../gateResult.ts";
import { cut, LONGEST_COMMAND, plain } from "../plain.ts";
import { printSides, replayLine } from "../words.ts";

/** GitHub cuts an annotation at 64 KiB, and its escapes make three characters of one. */
const LONGEST = 20_000;

/** The longest path, in characters, that can exist. */
const LONGEST_PATH = 4096;

/** A page of text; a larger file is some other file. */
const CONFIG: FileRule = { what: "a config", mostBytes: 1024 ** 2 };

/** Annotates every subject that changed, on the line of its config that did. */
export async function annotate({ subjects, engine }: GateResult): Promise<void> {
  const { error, notice } = await import("./toolkit/commands.ts");
  for (const subject of subjects.filter(({ changes }) => changes.length > 0)) {
    const mark = stateOf(subject) === "regressed" ? error : notice;
    const place = placeOf(subject.configFile, subject.configChanges[0]?.field ?? "");
    mark(wordsOf(subject, engine), { title: `learnproof: ${plain(subject.name)}`, ...place });
  }
}

/** Marks the line of a config that is bad input. */
export async function annotateInputError(error: InputError, configFile: string): Promise<void> {
  const { error: mark } = await import("./toolkit/commands.ts");
  const place = placeOf(configFile, error.field);
  mark(cut(error.message, LONGEST), { title: "learnproof: bad input", ...place });
}

interface Place {
  readonly file?: string;
  readonly startLine?: number;
}

/** A file's name stands in the log: the toolkit escapes its line breaks, and nothing else that steers a terminal. */
function placeOf(configFile: string, field: string): Place {
  if (configFile.length > LONGEST_PATH || needsEscape(configFile.replace(/[\r\n]/g, ""))) return {};
  return { file: configFile, startLine: lineOf(configFile, field) };
}

/** Finds the line of a field; returns the first line if the file cannot be read or is not a config. */
function lineOf(configFile: string, field: string): number {
  try {
    return configLine(readWhole(configFile, CONFIG).bytes.toString("utf8"), field);
  } catch {
    return 1;
  }
}

function wordsOf(subject: GatedSubject, engine: string): string {
  const changes = subject.changes.map(
    (change) => `${change.kind}: ${change.metric.title}, ${printSides(change).join(" → ")}`,
  );
  const { fields, rest } = printConfigChanges(subject.configChanges);
  const changed = fields.map(({ field, baseline, now }) => `${field}: ${baseline} → ${now}`);
  const replay = `Replay: ${plain(replayLine(subject, engine), LONGEST_COMMAND)}`;
  const lines = [...changes, ...changed, ...(rest === null ? [] : [rest]), replay];
  return cut(lines.join("\n"), LONGEST);
}
