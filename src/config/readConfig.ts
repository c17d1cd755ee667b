import { parseConfig } from "./parseConfig.ts";
import { readJson } from "./readJson.ts";
import type { Config } from "./schema.ts";

/**
 * Reads, parses and checks a config file; every default is filled in.
 *
 * @throws {InputError} when the file cannot be read, is no JSON, or breaks a rule of the schema.
 */
export async function readConfig(path: string): Promise<Config> {
  return parseConfig(await readJson(path, "config"));
}
