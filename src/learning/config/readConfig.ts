import { existsSync } from "node:fs";
import { readJson } from "../../foundation/files/readJson.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { findProjectFile } from "./findProjectFile.ts";
import { parseConfig } from "./parseConfig.ts";
import { loadProject } from "./projectFile.ts";
import type { Config } from "./schema.ts";

/**
 * Reads, parses and checks a config file, and fills in every default. Instead of a file, the argument may name a
 * subject that the project's learnproof.config.ts defines.
 *
 * @throws {InputError} when the file cannot be read, is no JSON, or breaks a rule of the schema.
 */
export async function readConfig(pathOrName: string): Promise<Config> {
  if (!existsSync(pathOrName) && findProjectFile() !== null && (await loadProject()).includes(pathOrName))
    return parseConfig({ subject: "own", name: pathOrName });
  return parseWithProject(await readJson(pathOrName, "config"));
}

/** Parses a config whose subject may be defined by the project. */
export async function parseWithProject(json: unknown): Promise<Config> {
  if ((json as { subject?: unknown } | null)?.subject === "own") await loadProject();
  return parseConfig(json);
}

/**
 * Returns the config to use if none is named: that of the project's only subject, or the built-in one if the project
 * defines no subject.
 *
 * @throws {InputError} where the project defines several.
 */
export async function defaultConfig(): Promise<Config> {
  if (findProjectFile() === null) return parseConfig({});
  const names = await loadProject();
  if (names.length === 1) return parseConfig({ subject: "own", name: names[0] });
  throw new InputError({
    code: "ambiguous",
    field: "config",
    message: "must name one of the subjects that learnproof.config.ts defines, or a config file",
    got: names,
  });
}
