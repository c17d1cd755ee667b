// Captures scripts of a spec with the Python that LEARNPROOF_PYTHON names.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const TIMEOUT = 8 * 60_000;
const python = process.env.LEARNPROOF_PYTHON ?? "";

/** Whether no Python with Keras is named, so that specs which need one are skipped; and the words that say so. */
export const isWithoutKeras = python === "";
export const whySkipped = isWithoutKeras ? " (skipped: LEARNPROOF_PYTHON names no Python with Keras)" : "";

/** Writes each script to a folder by its name, and captures it there, in a folder of the same name or as its refusal. */
export function captureScripts(folder: string, scripts: Readonly<Record<string, string>>): void {
  const names = Object.keys(scripts).map((name) => `${name}.py`);
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(folder, `${name}.py`), script);
  execFileSync(python, [resolve("specs/learning/keras/captureAll.py"), folder, ...names], {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore"],
    timeout: TIMEOUT,
  });
}
