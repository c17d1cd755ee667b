// A command checks its output files before its work begins.

import { isSameFile } from "../foundation/files/sameFile.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { inputFilesOf } from "../learning/config/inputFiles.ts";
import type { Config } from "../learning/config/schema.ts";

/** Every file that a config is made from, with the path that it was read from where there is one. */
export function inputsOf(config: Config, path: string | undefined): readonly string[] {
  return [...(path === undefined ? [] : [path]), ...inputFilesOf(config)];
}

/**
 * @param option the one that names the output.
 * @throws {InputError} where the output is one of the inputs, by whatever name: it would be lost.
 */
export async function refuseOverInputs(
  option: string,
  output: string,
  inputs: readonly string[],
): Promise<void> {
  for (const input of inputs) {
    if (!(await isSameFile(output, input))) continue;
    throw new InputError({
      code: "output-over-input",
      field: option,
      message: `must not be written over ${input}, which this run reads; name another file`,
      got: output,
    });
  }
}
