import type { z } from "zod";
import { isTooDeep, MOST_NESTING } from "../../foundation/files/nesting.ts";
import { InputError, printValue } from "../../foundation/input/inputError.ts";
import { didYouMean } from "../../foundation/input/nearest.ts";
import { kindOf } from "./kinds/kinds.ts";
import { knownKeys } from "./knownKeys.ts";
import { fillFromDefinition } from "./ownDefaults.ts";
import {
  type BoxConfig,
  type Config,
  configSchema,
  type TrainingConfig,
  type WrittenTraining,
} from "./schema.ts";
import { mostSteps } from "./trainingSchema.ts";

const DEFAULT_STEPS = 500;
const NO_OBJECT = "must be a JSON object, such as {}";

/**
 * Checks a config against the schema, fills in every default and checks the rules that relate fields to each other.
 *
 * @throws {InputError} naming the first field that breaks a rule.
 */
export function parseConfig(input: unknown): Config {
  refuseNoObject(input);
  refuseDepth(input);
  // Editors read $schema; a run does not depend on it.
  const { $schema: _, ...fields } = input as { $schema?: unknown };
  const written = fillFromDefinition(fields);
  const parsed = configSchema.safeParse(written);
  if (!parsed.success) throw schemaError(parsed.error, written);
  const kind = kindOf(parsed.data);
  const filled = kind.complete(parsed.data);
  const config = { ...filled, training: inSteps(filled.training, filled.data.examples) } as Config;
  kind.check(config);
  return config;
}

/**
 * Does the same for a box-regression config.
 *
 * @throws {InputError} also when the config names another subject.
 */
export function parseBoxConfig(input: unknown): BoxConfig {
  const config = parseConfig(input);
  if (config.subject === "box-regression") return config;
  throw new InputError({
    code: "invalid-value",
    field: "subject",
    message: 'must be "box-regression" here; take another config',
    got: config.subject,
  });
}

/** Returns the same training config with its length in steps, whether it was written in steps or in epochs. */
function inSteps({ steps, epochs, ...training }: WrittenTraining, examples: number): TrainingConfig {
  if (epochs === undefined) return { ...training, steps: steps ?? DEFAULT_STEPS };
  const inEpochs = epochs * Math.ceil(examples / training.batchSize);
  const field = "training.epochs";
  if (steps !== undefined)
    throw new InputError({
      code: "conflict",
      field,
      message: "stands for training.steps; give one of the two",
      got: epochs,
    });
  if (inEpochs > mostSteps)
    throw new InputError({
      code: "out-of-range",
      field,
      message: `must make at most ${mostSteps} steps (these are ${inEpochs}); lower it`,
      got: epochs,
    });
  return { ...training, steps: inEpochs };
}

function refuseNoObject(input: unknown): void {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return;
  throw new InputError({ code: "invalid-value", field: printPath([]), message: NO_OBJECT, got: input });
}

/**
 * Refuses deep nesting, because the functions that traverse a config are recursive and would not return from a value
 * that contains itself.
 */
function refuseDepth(input: unknown): void {
  if (!isTooDeep(input)) return;
  throw new InputError({
    code: "too-deep",
    field: printPath([]),
    message: `must hold lists and objects at most ${MOST_NESTING} deep; write it flatter`,
    got: input,
  });
}

function schemaError(error: z.ZodError, input: unknown): InputError {
  const issue = error.issues[0] as z.core.$ZodIssue;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] as string;
    return new InputError({
      code: "unknown-key",
      field: printPath([...issue.path, key]),
      message: `is not a key of ${printPath(issue.path)}${didYouMean(key, knownKeys(issue.path))}; remove it or correct its name`,
      got: valueAt(input, [...issue.path, key]),
    });
  }
  const code = issue.code === "too_small" || issue.code === "too_big" ? "out-of-range" : "invalid-value";
  // The schema provides the messages of all other rules.
  const noObject = issue.message.startsWith("Invalid input") && issue.code === "invalid_type";
  const message = noObject ? NO_OBJECT : issue.message;
  return new InputError({ code, field: printPath(issue.path), message, got: valueAt(input, issue.path) });
}

function printPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "config";
  return path
    .map((key, depth) =>
      typeof key === "number" ? `[${key}]` : `${depth ? "." : ""}${printKey(String(key))}`,
    )
    .join("");
}

/** Prints a key unchanged if it is a plain word, otherwise quoted on one short line. */
function printKey(key: string): string {
  return /^[\w-]{1,60}$/.test(key) ? key : printValue(key);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}
