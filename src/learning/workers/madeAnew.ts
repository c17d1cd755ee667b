// A thread makes a subject anew from its config, since models and functions cannot be sent to it.

import { isFromProject } from "../config/ownDefaults.ts";
import type { Config } from "../config/schema.ts";
import { parseWithPrograms } from "../keras/program/loadProgram.ts";

/**
 * Whether a thread can make the subject of its config: from numbers, from files, or by running the project's file. What a
 * program defined itself, such as a compiled model, stays with the calling thread.
 */
export function canBeMadeAnew(config: Config): boolean {
  return config.subject !== "own" || config.program !== undefined || isFromProject(config.name);
}

/** Sets larger than this, in numbers, are not read once more by each thread: they would not fit in memory side by side. */
export const MOST_NUMBERS = 2 ** 22;

/** Makes a thread ready to create the subject of a config: it runs the project's file, or reads the captured program. */
export async function prepareAnew(config: Config): Promise<void> {
  await parseWithPrograms(config);
}
