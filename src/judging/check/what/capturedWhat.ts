import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { loadProgram } from "../../../learning/keras/program/loadProgram.ts";
import { isCaptured } from "../../../learning/keras/program/readCaptured.ts";
import type { NamedConfig, WhatKind } from "./whatKind.ts";

/** The folder of a captured program. */
export const capturedWhat: WhatKind = {
  recognises: (text) => statSync(text, { throwIfNoEntry: false })?.isDirectory() === true && isCaptured(text),
  resolve: async (text) => nameProgram(text, { kind: "captured-program", name: basename(resolve(text)) }),
};

/** Names the program in a folder. */
export function nameProgram(folder: string, what: NamedConfig["what"]): NamedConfig {
  const { config, notes } = loadProgram({ path: folder }, what.name);
  return { what, config, notes };
}
