import { InputError } from "../foundation/input/inputError.ts";
import { LARGEST_SEED } from "../foundation/random/seed.ts";
import { refuseUnknownEngine } from "../learning/engine/engineName.ts";
import { readThreads } from "../learning/engine/threads.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { parseSeconds } from "./seconds.ts";

/** Options that every command takes. */
export interface CommonOptions {
  /** One JSON object on standard output instead of text. */
  readonly json: boolean;
  /** An engine's name, instead of the environment's or the default. */
  readonly engine: string | undefined;
  /** How many threads the engine wasm computes on, instead of the environment's or the default. */
  readonly threads: number | undefined;
  /** Instead of the config's seed. */
  readonly seed: number | undefined;
  /** Neither progress nor remarks, and the outcome in one line. */
  readonly quiet: boolean;
  /** Everything that was measured and tried, and the whole config. */
  readonly verbose: boolean;
  /** The most seconds to take; undefined for no bound. */
  readonly budget: number | undefined;
  /** When a command must be done that is nothing by halves. */
  readonly deadline: Deadline;
}

/** Options as the command line parser leaves them: text, numbers, and true where a value is missing. */
export type RawOptions = Readonly<Record<string, unknown>>;

/** @throws {InputError} when an option's value is of the wrong kind. */
export function parseCommonOptions(raw: RawOptions): CommonOptions {
  if (raw.quiet === true && raw.verbose === true)
    throw new InputError({
      code: "conflict",
      field: "--quiet",
      message: "is the contrary of --verbose; give one of the two",
      got: true,
    });
  const budget = parseSeconds("--budget", parseText("--budget", raw.budget));
  return {
    budget,
    deadline: startDeadline(budget),
    json: raw.json === true,
    engine: parseEngine(raw.engine),
    threads: raw.threads === undefined ? undefined : readThreads(raw.threads),
    seed: parseSeed(raw.seed),
    quiet: raw.quiet === true,
    verbose: raw.verbose === true,
  };
}

function parseEngine(raw: unknown): string | undefined {
  const engine = parseText("--engine", raw);
  if (engine !== undefined) refuseUnknownEngine(engine, "--engine");
  return engine;
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

interface NumberRule {
  readonly is: (value: number) => boolean;
  /** Begins with `must be`. */
  readonly rule: string;
}

/** @throws {InputError} where a value is no number of the kind that the option takes. */
export function parseNumber(option: string, value: unknown, { is, rule }: NumberRule): number | undefined {
  if (value === undefined || (typeof value === "number" && is(value))) return value;
  throw new InputError({
    code: "invalid-option",
    field: option,
    message: `${rule}; give it once`,
    got: value,
  });
}
