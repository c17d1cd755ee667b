import { InputError } from "../foundation/input/inputError.ts";
import { LARGEST_SEED } from "../foundation/random/seed.ts";
import { defaultConfig, readConfig } from "../learning/config/readConfig.ts";
import type { Config } from "../learning/config/schema.ts";
import { remark } from "./output.ts";

/** Options that every command takes. */
export interface CommonOptions {
  /** One JSON object on standard output instead of text. */
  readonly json: boolean;
  /** An engine's name, instead of the environment's or the default. */
  readonly engine: string | undefined;
  /** Instead of the config's seed. */
  readonly seed: number | undefined;
}

/** Options as the command line parser leaves them: text, numbers, and true where a value is missing. */
export type RawOptions = Readonly<Record<string, unknown>>;

/** @throws {InputError} when an option's value is of the wrong kind. */
export function parseCommonOptions(raw: RawOptions): CommonOptions {
  return {
    json: raw.json === true,
    engine: parseText("--engine", raw.engine),
    seed: parseSeed(raw.seed),
  };
}

/** @throws {InputError} when the option was given without a value, or twice. */
export function parseText(option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number") return String(value);
  throw new InputError({
    code: "invalid-option",
    field: option,
    message: "needs one value; give it once",
    got: value,
  });
}

function parseSeed(value: unknown): number | undefined {
  if (value === undefined || isSeed(value)) return value;
  throw new InputError({
    code: "invalid-option",
    field: "--seed",
    message: `must be a whole number from 1 to ${LARGEST_SEED}; give it once`,
    got: value,
  });
}

function isSeed(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= LARGEST_SEED;
}

/** The config in a file or of a subject's name, or the default one, with the seed that the command line asks for. */
export async function loadConfig(path: string | undefined, { seed }: CommonOptions): Promise<Config> {
  const config = path === undefined ? await defaultConfig() : await readConfig(path);
  remarkLongDraw(config);
  return seed === undefined ? config : { ...config, seed };
}

/** Drawing or reading so many examples can take longer than a person waits without a word. */
const MANY_EXAMPLES = 50_000;

/** Says on standard error, with --json too, what a command does before its first training step. */
function remarkLongDraw({ data }: Config): void {
  const examples = data.examples + data.heldOut;
  if (examples >= MANY_EXAMPLES) remark(`preparing ${examples} examples, which can take a minute`);
}
