import { existsSync } from "node:fs";
import { join } from "node:path";
import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { readNpz } from "../../../foundation/arrays/npz.ts";
import { parseJson } from "../../../foundation/files/readJson.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import type { AskedTables, QuestionFacts, ScriptLine } from "../../subject/asked/question.ts";

/** The files of what a script asks of its model behind `fit`; a folder has both or neither. */
export const ASKED_FILES = ["asked.json", "asked.npz"] as const;
const MOST_BYTES = 1024 ** 2;

/**
 * Reads what the script of a captured program asks of its model behind the training call.
 *
 * @returns no question where the capture wrote none, as one of an earlier version did.
 */
export function readAsked(folder: string): readonly AskedTables[] {
  const { questions } = readBehind(folder);
  if (questions.length === 0) return [];
  const arrays = readNpz(join(folder, ASKED_FILES[1]));
  return questions.map((facts, number) => ({
    ...facts,
    x: tablesOf(arrays, `${number}x`),
    y: tablesOf(arrays, `${number}y`),
    shown: tablesOf(arrays, `${number}shown`),
  }));
}

/** A later training call of the script that takes up what the captured one has learnt. */
export interface LaterFit {
  /** Its number among the script's training calls, from 1. */
  readonly fit: number;
  readonly place: ScriptLine | null;
  /** Whether it trains weights that the captured training keeps frozen. @defaultValue false */
  readonly thaws?: boolean;
}

/** Reads which later training call of the script takes up what the captured one has learnt, the last of them; null for none. */
export function readLaterFit(folder: string): LaterFit | null {
  return readBehind(folder).laterFit ?? null;
}

/** What a person is told where the capture failed, by a fault of its own, to read what stands behind the training call; null elsewhere. */
export function readOwnFault(folder: string): string | null {
  const { fault } = readBehind(folder);
  if (fault === undefined) return null;
  return `what the script asks of its model behind the training call is not looked at, by a fault of learnproof (${fault}); report it with the script`;
}

interface Behind {
  readonly fault?: string;
  readonly questions: readonly QuestionFacts[];
  readonly laterFit?: LaterFit | null;
}

function readBehind(folder: string): Behind {
  const path = join(folder, ASKED_FILES[0]);
  if (!existsSync(path)) return { questions: [] };
  const { bytes } = readWhole(path, { what: "the asked.json of a captured program", mostBytes: MOST_BYTES });
  return parseJson(bytes.toString("utf8"), path) as Behind;
}

function tablesOf(arrays: ReadonlyMap<string, NumberArray>, name: string): readonly NumberArray[] {
  const found: NumberArray[] = [];
  for (let at = 0; ; at++) {
    const array = arrays.get(`${name}${at}`);
    if (array === undefined) return found;
    found.push(array);
  }
}
