import { existsSync } from "node:fs";
import { join } from "node:path";
import { readNpz } from "../../../foundation/arrays/npz.ts";
import { parseJson } from "../../../foundation/files/readJson.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import type { HeldFacts } from "../../subject/held.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import type { HeldTables } from "../translate/asHeld.ts";

/** The files of what a script holds beside what it trains on; a folder has both or neither. */
export const HELD_FILES = ["held.json", "held.npz"] as const;
const MOST_BYTES = 1024 ** 2;

/**
 * Reads the other versions of its examples that the script of a captured program holds.
 *
 * @returns none where the capture wrote none.
 */
export function readHeld(folder: string): readonly HeldTables[] {
  const path = join(folder, HELD_FILES[0]);
  if (!existsSync(path)) return [];
  const { bytes } = readWhole(path, { what: "the held.json of a captured program", mostBytes: MOST_BYTES });
  const { versions } = parseJson(bytes.toString("utf8"), path) as { readonly versions: readonly HeldFacts[] };
  const arrays = readNpz(join(folder, HELD_FILES[1]));
  return versions.map((facts, number) => ({
    ...facts,
    x: arrays.get(`${number}x`) ?? null,
    y: arrays.get(`${number}y`) ?? null,
    heldOutX: arrays.get(`${number}x_val`) ?? null,
    askedX: new Map(
      [...arrays].flatMap(([name, table]): [number, NumberTable][] => {
        const [, version, question] = /^(\d+)x_asked(\d+)$/.exec(name) ?? [];
        return Number(version) === number ? [[Number(question), table]] : [];
      }),
    ),
  }));
}
