import { InputError } from "../foundation/input/inputError.ts";
import { nameConfig } from "../judging/check/what/configWhat.ts";
import { readWhat } from "../judging/check/what/kinds.ts";
import type { NamedConfig, WhatOptions } from "../judging/check/what/whatKind.ts";
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
  { seed }: CommonOptions,
): Promise<NamedConfig> {
  const options = parseWhatOptions(raw);
  const named = text === undefined ? nameConfig(await defaultConfig()) : await readWhat(text, options);
  for (const note of named.notes) remark(`learnproof: ${note}`);
  remarkLongDraw(named.config);
  return seed === undefined ? named : { ...named, config: { ...named.config, seed } };
}

/** Drawing or reading so many examples can take longer than a person waits without a word. */
const MANY_EXAMPLES = 50_000;

/** Says on standard error, with --json too, what a command does before its first training step. */
function remarkLongDraw({ data }: Config): void {
  const examples = data.examples + data.heldOut;
  if (examples >= MANY_EXAMPLES) remark(`preparing ${examples} examples, which can take a minute`);
}
