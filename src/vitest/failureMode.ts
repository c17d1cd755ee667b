import { describe, expect, test } from "vitest";
import { onceFor } from "../foundation/onceFor.ts";
import type { CauseName } from "../judging/diagnosis/causes.ts";
import type { Verdict } from "../judging/outcome/verdict.ts";
import { type Capsule, readCapsule } from "../keeping/capsule/capsule.ts";
import type { ConfigInput } from "../learning/config/schema.ts";
import type { Subject } from "../learning/subject/subject.ts";
import { type Learner, prepare } from "./learner.ts";
import "./matchers.ts";

type Written = Readonly<Record<string, unknown>>;

/** A known failure and its cure. Exactly one of `config`, `capsule` and `subject` gives the subject that fails. */
export interface FailureMode {
  /** The broken config, as it may be written. */
  readonly config?: ConfigInput;
  /** The path of a capsule of the broken run, or the capsule. */
  readonly capsule?: string | Capsule;
  /** The broken subject, where no config can express the fault. */
  readonly subject?: () => Subject;
  /** The expected verdict of the broken run. */
  readonly verdict: Verdict;
  /** The cause that the diagnosis must name first. */
  readonly cause: CauseName;
  /** The change that is merged into the broken config to cure it, or the cured subject; null if no cure is known. */
  readonly cure: Written | (() => Subject) | null;
}

/**
 * Registers the specs of a failure mode: the broken run fails as said, the diagnosis names the cause, and with the cure
 * the same seed learns and nothing is found any more.
 *
 * @throws {RangeError} unless exactly one of `config`, `capsule` and `subject` is given.
 */
export function failureMode(name: string, mode: FailureMode): void {
  const given = [mode.config, mode.capsule, mode.subject].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new RangeError(
      `failureMode: must be given one of config, capsule and subject, got ${given.length}`,
    );
  }
  describe(name, () => {
    test(`is ${mode.verdict}`, async () => {
      expect(await prepare(await brokenLearner(mode)).verdict()).toBe(mode.verdict);
    });

    test(`is caused by ${mode.cause}`, async () => {
      await expect(await brokenLearner(mode)).toHaveCause(mode.cause);
    });

    if (typeof mode.capsule !== "undefined") {
      test("replays bit for bit", async () => {
        await expect(mode.capsule).toReplay();
      });
    }

    if (mode.cure === null) return;
    test("is cured by the change named", async () => {
      const cured = await curedLearner(mode);

      await expect(cured).toLearn();
      expect((await prepare(cured).outcome()).findings).toEqual([]);
    });
  });
}

const brokenLearner = onceFor(loadBroken);

async function loadBroken({ config, capsule, subject }: FailureMode): Promise<Learner> {
  if (subject) return subject();
  if (config) return config;
  return (typeof capsule === "string" ? await readCapsule(capsule) : (capsule as Capsule))
    .config as unknown as Written;
}

async function curedLearner(mode: FailureMode): Promise<Learner> {
  if (typeof mode.cure === "function") return mode.cure();
  return merge((await brokenLearner(mode)) as Written, mode.cure as Written);
}

/** Objects are merged key by key; anything else, and an object of another `name`, replaces what was there. */
function merge(base: Written, change: Written): Written {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) && isSameKind(old, value) ? merge(old, value) : value;
  }
  return merged;
}

/** A loss or an optimizer of another name has other fields. */
function isSameKind(old: Written, change: Written): boolean {
  return change.name === undefined || change.name === old.name;
}

function isObject(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
