import type { ProgramFile } from "../../../learning/config/schema.ts";
import type { NamedConfig, WhatOptions } from "./whatKind.ts";

/**
 * Names a Keras program, captured or saved. TensorFlow.js is loaded here: a command that refuses another kind does not
 * need it.
 *
 * @param label the start of the subject's name. @defaultValue the program's name
 */
export async function nameProgram(
  file: ProgramFile,
  what: NamedConfig["what"],
  label: string = what.name,
): Promise<NamedConfig> {
  const { loadProgram } = await import("../../../learning/keras/program/loadProgram.ts");
  const { config, notes } = loadProgram(file, label);
  return { what, config, notes };
}

/** Returns how a captured program starts, for its file. */
export function startOf({ initialWeights }: WhatOptions): Pick<ProgramFile, "initialWeights"> {
  return initialWeights === undefined ? {} : { initialWeights };
}
