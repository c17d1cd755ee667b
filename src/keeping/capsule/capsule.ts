import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { readJson } from "../../foundation/files/readJson.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { Config } from "../../learning/config/schema.ts";
import { type EngineName, engineNames } from "../../learning/engine/engineName.ts";

/** The version of the format; there are no older ones yet. */
const VERSION = 1;
/** The most characters of learnproof's version in a capsule that somebody else wrote. */
const LONGEST_VERSION = 100;

/** The recorded result of a run. */
export interface Recorded {
  readonly verdict: Verdict;
  /** The likeliest cause; null if none is named. */
  readonly cause: string | null;
  /** SHA-256 of losses and final weights. */
  readonly digest: string;
}

/** A run that can be repeated bit for bit, as plain data. */
export interface Capsule {
  readonly version: typeof VERSION;
  /** The whole config, so that later defaults do not change the run. */
  readonly config: Config;
  readonly engine: EngineName;
  /** The version that recorded it, for a person to read. */
  readonly recordedWith: { readonly learnproof: string };
  readonly expected: Recorded;
}

/** The schema of a file, for the names of all causes. */
const schemaOf = (causeNames: readonly string[]) =>
  z.strictObject({
    version: z.literal(VERSION),
    config: z.record(z.string(), z.unknown()),
    engine: z.enum(engineNames),
    recordedWith: z.strictObject({ learnproof: z.string().max(LONGEST_VERSION) }),
    expected: z.strictObject({
      verdict: z.enum(["learns", "stalled", "collapsed", "diverged"]),
      // The cause is printed beside the replay's result, and somebody else's capsule may contain any text.
      cause: z.enum(causeNames, { error: "must be a cause that this learnproof knows, or null" }).nullable(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    checksum: z.string(),
  });

/** Creates the capsule of a run. */
export function createCapsule(config: Config, engine: EngineName, expected: Recorded): Capsule {
  return { version: VERSION, config, engine, recordedWith: { learnproof: ownVersion() }, expected };
}

/** Returns the text of a capsule's file: JSON, with a checksum over everything before it. */
export function printCapsule(capsule: Capsule): string {
  return `${JSON.stringify({ ...capsule, checksum: checksumOf(capsule) }, null, 2)}\n`;
}

/**
 * Reads and checks a capsule's file.
 *
 * @throws {InputError} if the file is not a capsule, is truncated, was changed, or has a later version.
 */
export async function readCapsule(path: string): Promise<Capsule> {
  const json = await readJson(path, "capsule").catch((error: InputError) => {
    if (error.code !== "invalid-json") throw error;
    throw refusal(
      path,
      "is no whole JSON; it was cut short or edited, so take the original or record it again",
      error.got,
    );
  });
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version > VERSION) {
    throw refusal(
      path,
      `is of a later version than this learnproof reads (${VERSION}); update learnproof`,
      version,
    );
  }
  // They load TensorFlow.js, which a file that is none does not need.
  const [{ causes }, { parseWithPrograms }] = await Promise.all([
    import("../../judging/diagnosis/causes.ts"),
    import("../../learning/keras/program/loadProgram.ts"),
  ]);
  const parsed = schemaOf(causes.map(({ name }) => name)).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refusal(
      path,
      `is no capsule: ${issue?.path.join(".") || "it"}: ${issue?.message}; record one with learnproof record`,
      version,
    );
  }
  const { checksum, ...rest } = parsed.data;
  const computed = checksumOf(rest);
  if (checksum !== computed) {
    throw refusal(
      path,
      "was changed since it was recorded; take the original, or record its config again",
      checksum,
    );
  }
  return { ...rest, config: await parseWithPrograms(rest.config, dirname(path)) };
}

function refusal(path: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-capsule", field: path, message, got });
}

function checksumOf(capsule: object): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(capsule)))
    .digest("hex");
}

/** Keys in one order, so that a file that was only laid out anew still counts as the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function ownVersion(): string {
  const url = new URL("../../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { version: string }).version;
}
