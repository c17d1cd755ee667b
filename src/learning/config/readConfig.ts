import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { readJson } from "../../foundation/files/readJson.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { didYouMean } from "../../foundation/input/nearest.ts";
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
  if (existsSync(pathOrName)) return parseWithProject(await readJson(pathOrName, "config"));
  const subjects = findProjectFile() === null ? [] : await loadProject();
  if (subjects.includes(pathOrName)) return parseConfig({ subject: "own", name: pathOrName });
  if (namesBeside(pathOrName).length + subjects.length === 0)
    return parseWithProject(await readJson(pathOrName, "config"));
  throw missing(pathOrName, subjects);
}

/** Says what there is instead: the project's subjects, and the file whose name is nearest. */
function missing(pathOrName: string, subjects: readonly string[]): InputError {
  const named =
    subjects.length > 0 ? `, or name a subject that learnproof.config defines: ${subjects.join(", ")}` : "";
  return new InputError({
    code: "no-such-file",
    field: pathOrName,
    message: `does not exist; check the path${didYouMean(pathOrName, [...subjects, ...namesBeside(pathOrName)])}${named}`,
    got: "ENOENT",
  });
}

/** The paths of the files that lie in the same folder, written as this one is. */
function namesBeside(path: string): readonly string[] {
  try {
    const folder = path.slice(0, path.length - basename(path).length);
    return readdirSync(folder || ".").map((name) => folder + name);
  } catch {
    return [];
  }
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
