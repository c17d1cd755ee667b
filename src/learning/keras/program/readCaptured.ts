import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { readNpz } from "../../../foundation/arrays/npz.ts";
import { parseJson } from "../../../foundation/files/readJson.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { KerasProgram } from "../translate/capturedProgram.ts";
import type { CapturedArrays, CapturedProgram, FitFacts, ProgramSource } from "./capturedFile.ts";
import { ASKED_FILES, readAsked, readOwnFault } from "./readAsked.ts";
import { HELD_FILES, readHeld } from "./readHeld.ts";

/** The files of a captured program. */
export const PROGRAM_FILES = ["program.json", "data.npz", "weights.npz"] as const;
const MOST_BYTES = 64 * 1024 ** 2;

/** Whether a folder holds a captured program. */
export function isCaptured(folder: string): boolean {
  return existsSync(join(folder, "program.json"));
}

/**
 * Reads a captured program from its folder.
 *
 * @throws {InputError} if a file is missing or is not what a capture writes.
 */
export function readCaptured(folder: string): CapturedProgram {
  const path = join(folder, "program.json");
  const { bytes } = readWhole(path, {
    what: "the program.json of a captured program",
    mostBytes: MOST_BYTES,
  });
  const content = parseJson(bytes.toString("utf8"), path);
  refuseOther(content, path);
  const { source = {}, notes = [], fit = {}, ...program } = content;
  const weights = readNpz(join(folder, "weights.npz"));
  const fault = readOwnFault(folder);
  return {
    program: { ...program, fit, weights: Object.fromEntries(weights) },
    fit,
    source,
    notes: fault === null ? notes : [...notes, fault],
    arrays: {
      ...groupArrays(readNpz(join(folder, "data.npz"))),
      asked: readAsked(folder),
      held: readHeld(folder),
    },
    sha256: hashOf(folder),
  };
}

/** The hash of a captured program's files. */
export function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const others = [...ASKED_FILES, ...HELD_FILES].filter((name) => existsSync(join(folder, name)));
  for (const name of [...PROGRAM_FILES, ...others]) {
    const rule = { what: "a part of a captured program", mostBytes: 1024 ** 3 };
    hash.update(readWhole(join(folder, name), rule).bytes);
  }
  return hash.digest("hex");
}

interface Content extends KerasProgram {
  readonly source?: ProgramSource;
  readonly notes?: readonly string[];
  readonly fit?: KerasProgram["fit"] & FitFacts;
}

function refuseOther(content: unknown, path: string): asserts content is Content {
  const { schemaVersion, model } = (content ?? {}) as { schemaVersion?: unknown; model?: unknown };
  if (schemaVersion === 1 && typeof model === "object" && model !== null) return;
  throw new InputError({
    code: "invalid-program",
    field: path,
    message:
      "must be the program.json that learnproof capture wrote, of version 1; capture the program again",
    got: schemaVersion,
  });
}

/** Sorts arrays by their names: `x0`, `x1`, `y0`, `x_val0`… */
export function groupArrays(arrays: ReadonlyMap<string, NumberArray>): CapturedArrays {
  const group = (name: string) => {
    const found: NumberArray[] = [];
    for (let at = 0; ; at++) {
      const array = arrays.get(`${name}${at}`);
      if (array === undefined) return found;
      found.push(array);
    }
  };
  const x = group("x_val");
  const order = arrays.get("order");
  return {
    x: group("x"),
    y: group("y"),
    sampleWeights: group("sample_weight"),
    shown: group("shown"),
    ...(order && { order: Int32Array.from(order.values) }),
    heldOut: x.length > 0 ? { x, y: group("y_val"), shown: group("shown_val") } : null,
  };
}
