import { readFile } from "node:fs/promises";
import { InputError } from "../foundation/input/inputError.ts";
import { nameConfig } from "../judging/check/what/configWhat.ts";
import { readWhat } from "../judging/check/what/kinds.ts";
import type { NamedConfig, WhatOptions } from "../judging/check/what/whatKind.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";
import { defaultConfig } from "../learning/config/readConfig.ts";
import type { Config } from "../learning/config/schema.ts";
import { type CommonOptions, parseText, type RawOptions } from "./options.ts";
import { remark } from "./output.ts";

/** @throws {InputError} where an option's value is of the wrong kind. */
export function parseWhatOptions(raw: RawOptions): WhatOptions {
  const own = raw["--"];
  return {
    data: parseText("--data", raw.data),
    target: parseText("--target", raw.target),
    inputs: parseText("--inputs", raw.inputs),
    exclude: parseText("--exclude", raw.exclude),
    task: parseText("--task", raw.task),
    loss: parseText("--loss", raw.loss),
    python: parseText("--python", raw.python),
    fit: parseCall(raw.fit),
    scriptArguments: Array.isArray(own) ? own.map(String) : [],
  };
}

function parseCall(value: unknown): number | undefined {
  if (value === undefined || (typeof value === "number" && Number.isInteger(value) && value >= 1))
    return value;
  throw new InputError({
    code: "invalid-option",
    field: "--fit",
    message: "must be the number of a call, from 1; give it once",
    got: value,
  });
}

/** The config of what a text names, or the default one, with the seed that the command line asks for. */
export async function loadWhat(
  text: string | undefined,
  raw: RawOptions,
  { seed, quiet, verbose, deadline }: CommonOptions,
): Promise<NamedConfig> {
  const options = { ...parseWhatOptions(raw), seconds: deadline.left() };
  if (text === undefined) await refuseForgottenConfig();
  const named = text === undefined ? nameConfig(await defaultConfig()) : await readWhat(text, options);
  if (!quiet) {
    for (const note of named.notes) remark(`learnproof: ${note}`);
    remarkLongDraw(named.config);
  }
  if (verbose)
    remark(
      `learnproof: the whole config: ${JSON.stringify({ ...named.config, ...(seed !== undefined && { seed }) })}`,
    );
  return seed === undefined ? named : { ...named, config: { ...named.config, seed } };
}

/**
 * A project that depends on learnproof means its own subject: the demonstration would say that all is well.
 *
 * @throws {InputError} where such a project has no learnproof.config.
 */
async function refuseForgottenConfig(): Promise<void> {
  if (findProjectFile() !== null || !(await dependsOnLearnproof())) return;
  throw new InputError({
    code: "no-config",
    field: "learnproof.config",
    message:
      "must name what to check, since this project depends on learnproof; let learnproof init write it, or name a table, a model or a config: learnproof check houses.csv --target price",
    got: undefined,
  });
}

async function dependsOnLearnproof(): Promise<boolean> {
  const manifest = await readFile("package.json", "utf8")
    .then((text): Manifest | null => JSON.parse(text))
    .catch(() => null);
  const { dependencies, devDependencies } = manifest ?? {};
  return "learnproof" in { ...dependencies, ...devDependencies };
}

interface Manifest {
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

/** Drawing or reading so many examples can take longer than a person waits without a word. */
const MANY_EXAMPLES = 50_000;

/** Says on standard error, with --json too, what a command does before its first training step. */
function remarkLongDraw({ data }: Config): void {
  const examples = data.examples + data.heldOut;
  if (examples >= MANY_EXAMPLES) remark(`preparing ${examples} examples, which can take a minute`);
}
