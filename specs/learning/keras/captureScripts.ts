// Captures scripts of a spec with the Python that LEARNPROOF_PYTHON names, which has loaded Keras already.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inject } from "vitest";

const TIMEOUT = 8 * 60_000;

/** A Python that has loaded Keras already. What it runs goes on where its caller is ended early. */
export const loadedPython = inject("loadedPython");

/** Whether no Python with Keras is named, so that specs which need one are skipped; and the words that say so. */
export const isWithoutKeras = loadedPython === "";
export const whySkipped = isWithoutKeras ? " (skipped: LEARNPROOF_PYTHON names no Python with Keras)" : "";

/** Writes each script to a folder by its name, and captures it there, in a folder of the same name or as its refusal. */
export function captureScripts(folder: string, scripts: Readonly<Record<string, string>>): void {
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(folder, `${name}.py`), script);
  captureAll(folder, folder, Object.keys(scripts));
}

/** Captures scripts of a folder by their names, each into a folder of the same name or as its refusal. */
export function captureAll(from: string, into: string, names: readonly string[]): void {
  const program = resolve("specs/learning/keras/captureAll.py");
  execFileSync(loadedPython, [program, into, ...names.map((name) => `${name}.py`)], {
    cwd: from,
    stdio: "ignore",
    timeout: TIMEOUT,
  });
}
