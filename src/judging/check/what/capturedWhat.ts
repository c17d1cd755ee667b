import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { isCaptured } from "../../../learning/keras/program/readCaptured.ts";
import type { NamedConfig, WhatKind } from "./whatKind.ts";

/** The folder of a captured program. */
export const capturedWhat: WhatKind = {
  recognises: (text) => statSync(text, { throwIfNoEntry: false })?.isDirectory() === true && isCaptured(text),
  resolve: async (text) => nameProgram(text, { kind: "captured-program", name: basename(resolve(text)) }),
};

/** Names the program in a folder. TensorFlow.js is loaded here: a command that refuses another kind does not need it. */
export async function nameProgram(folder: string, what: NamedConfig["what"]): Promise<NamedConfig> {
  const { loadProgram } = await import("../../../learning/keras/program/loadProgram.ts");
  const { config, notes } = loadProgram({ path: folder }, what.name);
  return { what, config, notes };
}
