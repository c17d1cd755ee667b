import { existsSync } from "node:fs";
import { join } from "node:path";
import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { readNpz } from "../../../foundation/arrays/npz.ts";
import { parseJson } from "../../../foundation/files/readJson.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import type { AskedTables, QuestionFacts } from "../../subject/asked/question.ts";

/** The files of what a script asks of its model behind `fit`; a folder has both or neither. */
export const ASKED_FILES = ["asked.json", "asked.npz"] as const;
const MOST_BYTES = 1024 ** 2;

/**
 * Reads what the script of a captured program asks of its model behind the training call.
 *
 * @returns no question where the capture wrote none, as one of an earlier version did.
 */
export function readAsked(folder: string): readonly AskedTables[] {
  const path = join(folder, ASKED_FILES[0]);
  if (!existsSync(path)) return [];
  const { bytes } = readWhole(path, { what: "the asked.json of a captured program", mostBytes: MOST_BYTES });
  const { questions } = parseJson(bytes.toString("utf8"), path) as { questions: readonly QuestionFacts[] };
  const arrays = readNpz(join(folder, ASKED_FILES[1]));
  return questions.map((facts, number) => ({
    ...facts,
    x: tablesOf(arrays, `${number}x`),
    y: tablesOf(arrays, `${number}y`),
  }));
}

function tablesOf(arrays: ReadonlyMap<string, NumberArray>, name: string): readonly NumberArray[] {
  const found: NumberArray[] = [];
  for (let at = 0; ; at++) {
    const array = arrays.get(`${name}${at}`);
    if (array === undefined) return found;
    found.push(array);
  }
}
