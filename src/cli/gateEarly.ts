import { existsSync } from "node:fs";
import { readWhat } from "../judging/check/what/kinds.ts";
import { parseGateOptions } from "./gateOptions.ts";
import { refuseConfig } from "./gateRefusals.ts";
import type { RawOptions } from "./options.ts";
import { parseWhatOptions } from "./whatOptions.ts";

/**
 * Refuses options and configs before TensorFlow.js is loaded, which takes most of a second. A script of Keras or a table
 * is read once, by the gate itself.
 *
 * @throws {InputError} for an option that breaks a rule, and for a config that cannot be read or is none.
 */
export async function refuseBeforeEngine(paths: readonly string[], raw: RawOptions): Promise<void> {
  parseGateOptions(raw);
  const about = parseWhatOptions(raw);
  for (const path of paths)
    if (path.endsWith(".json") || !existsSync(path))
      await readWhat(path, about).catch((error) => refuseConfig(error, path));
}
