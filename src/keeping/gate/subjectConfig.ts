import { existsSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { InputError } from "../../foundation/input/inputError.ts";
import { readWhat } from "../../judging/check/what/kinds.ts";
import type { WhatOptions } from "../../judging/check/what/whatKind.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { BesideConfig, NamedBaseline } from "./baseline.ts";

/** A subject as the gate knows it: a config file and the name of its baseline. */
export interface SubjectConfig {
  readonly name: string;
  /** From the working directory, with forward slashes. */
  readonly configFile: string;
  readonly config: Config;
  /** What stood beside it on the command line; its baseline keeps that. */
  readonly options?: BesideConfig | undefined;
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
    const rivalOf = (name: string) =>
      subjects.find((subject) => subject.name === name) ??
      baselines.find((baseline) => baseline !== known && baseline.subject === name);
    const names = known ? [known.subject] : namesOf(configFile);
    const name = names.find((one) => !rivalOf(one));
    if (name === undefined) throw twice(configFile, rivalOf(names[0] ?? "")?.configFile);
    const beside = { ...known?.options, ...besideOf(options) };
    const what = { ...options, ...beside, initialWeights: "drawn" } as const;
    const { config } = await readWhat(configFile, what).catch((error: InputError) =>
      refuse(error, configFile),
    );
    subjects.push({ name, configFile, config, options: beside });
  }
  return subjects;
}

/** Returns what a baseline keeps of what the command line says: all but what is only so on this machine. */
function besideOf({
  python: _,
  initialWeights: _1,
  scriptArguments = [],
  ...rest
}: WhatOptions): BesideConfig {
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(said),
    ...(scriptArguments.length > 0 && { scriptArguments: [...scriptArguments] }),
  };
}

/** Returns the path that a baseline stores: it is relative, so that it is valid on another machine as well. */
function fromHere(path: string): string {
  if (!existsSync(path)) return path;
  return relative(process.cwd(), resolve(path)).split(sep).join("/");
}

/**
 * Returns the names that a baseline may bear: that of its config file, without the ending, or, where another one has it,
 * with that of the folder before it. Every saved model is a `model.json`.
 */
function namesOf(configFile: string): readonly string[] {
  const name = basename(configFile).replace(/\.(json|py|keras|h5|csv)$/, "");
  const above = basename(dirname(configFile));
  return /^\.*$/.test(above) ? [name] : [name, `${above}-${name}`];
}

function twice(configFile: string, other: string | undefined): InputError {
  return new InputError({
    code: "conflict",
    field: configFile,
    message: "must have a name of its own, which its baseline takes; rename the file",
    got: other,
  });
}
