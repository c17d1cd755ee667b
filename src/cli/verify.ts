// Compares a check of a script with the last one, so that an edit is known to have cured what it was made for.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJson } from "../foundation/files/readJson.ts";
import { InputError } from "../foundation/input/inputError.ts";
import type { CheckResult } from "../judging/check/checkResult.ts";
import type { NamedConfig } from "../judging/check/what/whatKind.ts";

const VERSION = 1;

/** What is kept of a check for the next one. */
interface KeptCheck {
  readonly version: number;
  readonly verdict: string;
  readonly holds: boolean;
  readonly cause: string | null;
  /** SHA-256 of the training data. */
  readonly data: string;
  readonly seed: number;
}

/** The comparison of a check with the one before. */
export interface Verified {
  /** Whether what failed then holds now, on the same data and seed. */
  readonly cured: boolean;
  readonly before: { readonly verdict: string; readonly cause: string | null };
  readonly after: { readonly verdict: string; readonly cause: string | null };
  readonly sameData: boolean;
  /** One sentence: why it counts, or why it does not. */
  readonly why: string;
}

/**
 * Prepares to keep the check of a script, and to compare it with the last one where that is asked for.
 *
 * @returns a function that keeps a check's result and returns the comparison; null where none is asked for.
 * @throws {InputError} if a comparison is asked for, and there is no earlier check.
 */
export async function openVerification(
  { what, config }: NamedConfig,
  wanted: boolean,
): Promise<(check: CheckResult) => Verified | null> {
  const { programOf } = await import("../learning/keras/program/loadProgram.ts");
  const file = keptCheckOf(what.name);
  const last = wanted ? await readLastCheck(file) : null;
  const data = programOf(config)?.dataHash ?? null;
  return (check) => {
    if (data !== null) keepCheck(file, check, data);
    return last && compareChecks(last, check, data ?? "");
  };
}

/** Where the last check of a script is kept. */
function keptCheckOf(script: string): string {
  return join(".learnproof", `${script.replace(/\W+/g, "-")}.check.json`);
}

/**
 * Reads the last check of a script.
 *
 * @throws {InputError} if there is none.
 */
async function readLastCheck(file: string): Promise<KeptCheck> {
  if (existsSync(file)) {
    const kept = (await readJson(file, "check")) as Partial<KeptCheck> | null;
    if (kept?.version === VERSION) return kept as KeptCheck;
  }
  throw new InputError({
    code: "no-earlier-check",
    field: "--verify",
    message:
      "compares with an earlier check of the same script; run check without --verify first, edit the script, then verify",
    got: file,
  });
}

/** Keeps a check for the next one. */
function keepCheck(file: string, check: CheckResult, data: string): void {
  const kept: KeptCheck = {
    version: VERSION,
    verdict: check.verdict,
    holds: check.holds,
    cause: check.cause?.name ?? null,
    data,
    seed: check.seed,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept)}\n`);
}

/** Compares a check with an earlier one. */
function compareChecks(before: KeptCheck, check: CheckResult, data: string): Verified {
  const sameData = before.data === data && before.seed === check.seed;
  const after = { verdict: check.verdict, cause: check.cause?.name ?? null };
  return {
    cured: !before.holds && check.holds && sameData,
    before: { verdict: before.verdict, cause: before.cause },
    after,
    sameData,
    why: reason(before, check, sameData),
  };
}

function reason(before: KeptCheck, check: CheckResult, sameData: boolean): string {
  const cause = before.cause === null ? "" : ` (${before.cause})`;
  if (before.holds) return "nothing failed before, so there was nothing to cure";
  if (check.verdict === "unfinished")
    return `it was ${before.verdict}${cause}, and the budget ended its run now before it was known whether it is cured`;
  if (!check.holds) return `it is not cured: it was ${before.verdict}${cause}, and is ${check.verdict} now`;
  if (!sameData)
    return "every law holds now, but the training data or the seed are others, so the edit alone does not explain it";
  return `it is cured: it was ${before.verdict}${cause}, and every law holds now, on the same data and seed, so the edit made the difference`;
}
