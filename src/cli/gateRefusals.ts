// What the gate finds out, and refuses, before the minutes of measuring.

import { constants, existsSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../foundation/input/inputError.ts";
import { baselinePath, type NamedBaseline } from "../keeping/gate/baseline.ts";
import { annotateInputError } from "../keeping/gate/github/annotations.ts";
import { onGitHub } from "../keeping/gate/github/github.ts";
import type { SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import { tellRunner } from "./output.ts";

/** Marks the config on GitHub, and says which one it is. */
export async function refuseConfig(error: InputError, configFile: string): Promise<never> {
  if (onGitHub()) await tellRunner(true, () => annotateInputError(error, configFile));
  throw inConfig(error, configFile);
}

/** Says which config it is, which an error of a field does not. */
export function inConfig(error: InputError, configFile: string): InputError {
  const { code, field, rule, got } = error;
  if (field === configFile) return error;
  return new InputError({ code, field: `${configFile}: ${field}`, message: rule, got });
}

interface Asked {
  readonly folder: string;
  readonly engine: string;
  readonly update: boolean;
}

/** @throws {InputError} where there is no subject, or one without the baseline that a comparison needs. */
export function refuseUnknown(
  subjects: readonly SubjectConfig[],
  baselines: readonly NamedBaseline[],
  { folder, engine, update }: Asked,
): void {
  const known = new Set(baselines.map(({ subject }) => subject));
  const unknown = subjects.find(({ name }) => !known.has(name));
  if (subjects.length > 0 && (update || !unknown)) return;
  const lost = unknown && baselines.find(isLost);
  const renamed = lost
    ? `; if it was ${lost.configFile} before, write its new name as "configFile" into ${baselinePath(folder, lost)}`
    : "";
  throw new InputError({
    code: "no-baseline",
    field: unknown?.configFile ?? join(folder, engine),
    message: `must have a baseline for the engine ${engine}; write one with gate CONFIG --update, or take another --engine${renamed}`,
    got: undefined,
  });
}

/** Whether the file that a baseline is of is gone. The name of a subject of one's own is no file. */
function isLost({ configFile, config }: NamedBaseline): boolean {
  return (config.subject !== "own" || "program" in config) && !existsSync(configFile);
}

/** @throws {InputError} where the file that a baseline names is gone, as after it was renamed. */
export function refuseLost(baselines: readonly NamedBaseline[], { folder }: Pick<Asked, "folder">): void {
  const lost = baselines.find(isLost);
  if (!lost) return;
  const path = baselinePath(folder, lost);
  throw new InputError({
    code: "no-such-file",
    field: lost.configFile,
    message: `must be there, since ${path} is its baseline; if it was renamed, write its new name there as "configFile"; if it is no longer needed, delete that baseline`,
    got: "ENOENT",
  });
}

/** @throws {InputError} where a baseline would be replaced without a word on why. */
export function refuseWithoutReason(
  subjects: readonly SubjectConfig[],
  baselines: readonly NamedBaseline[],
  reason: string | undefined,
): void {
  const replaced = baselines.find(({ subject }) => subjects.some(({ name }) => name === subject));
  if (reason !== undefined || !replaced) return;
  throw new InputError({
    code: "no-reason",
    field: "--reason",
    message: `must say why the baseline of ${replaced.subject} is replaced, such as --reason "wider on purpose"; the file keeps it`,
    got: undefined,
  });
}

/** Finds out whether baselines could be written. */
export async function refuseReadOnly(folder: string): Promise<void> {
  // The folder itself may still have to be made: then in the nearest one that is there.
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const writable = async () => {
    await access(nearest, constants.W_OK);
    if (!(await stat(nearest)).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  };
  await writable().catch((error: NodeJS.ErrnoException) => {
    const message = "must be a folder that can be written; name another with --baselines";
    throw new InputError({ code: "unwritable", field: folder, message, got: error.code });
  });
}
