import { existsSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { InputError } from "../../foundation/input/inputError.ts";
import { readWhat } from "../../judging/check/what/kinds.ts";
import type { WhatOptions } from "../../judging/check/what/whatKind.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { NamedBaseline } from "./baseline.ts";

/** A subject as the gate knows it: a config file and the name of its baseline. */
export interface SubjectConfig {
  readonly name: string;
  /** From the working directory, with forward slashes. */
  readonly configFile: string;
  readonly config: Config;
}

/**
 * The configs to gate: those named, or else every one that has a baseline.
 *
 * @param refuse called with what is wrong with a config, which then is thrown.
 * @param options what the command line says beside the configs.
 * @throws {InputError} for a config that cannot be read or is none, and for two of one name.
 */
export async function readSubjects(
  paths: readonly string[],
  baselines: readonly NamedBaseline[],
  refuse: (error: InputError, configFile: string) => Promise<never>,
  options: WhatOptions = {},
): Promise<readonly SubjectConfig[]> {
  const files = paths.length > 0 ? paths.map(fromHere) : baselines.map(({ configFile }) => configFile);
  const subjects: SubjectConfig[] = [];
  for (const configFile of new Set(files)) {
    const known = baselines.find((baseline) => baseline.configFile === configFile);
    const name = known?.subject ?? nameOf(configFile);
    const rival =
      subjects.find((subject) => subject.name === name) ??
      baselines.find((b) => b !== known && b.subject === name);
    if (rival) throw twice(configFile, rival.configFile);
    const { config } = await readWhat(configFile, options).catch((error: InputError) =>
      refuse(error, configFile),
    );
    subjects.push({ name, configFile, config });
  }
  return subjects;
}

/** Returns the path that a baseline stores: it is relative, so that it is valid on another machine as well. */
function fromHere(path: string): string {
  if (!existsSync(path)) return path;
  return relative(process.cwd(), resolve(path)).split(sep).join("/");
}

/** A baseline bears the name of its config file, without the ending. */
function nameOf(configFile: string): string {
  return basename(configFile).replace(/\.(json|py|keras|h5|csv)$/, "");
}

function twice(configFile: string, other: string): InputError {
  return new InputError({
    code: "conflict",
    field: configFile,
    message: "must have a name of its own, which its baseline takes; rename the file",
    got: other,
  });
}
