import type { Config } from "../../learning/config/schema.ts";
import { plain, plainJson } from "./plain.ts";

/** A field of a config that changed since the baseline. */
export interface ConfigChange {
  /** Path into the config, such as `training.optimizer.learningRate`. */
  readonly field: string;
  /** The former value as JSON; `undefined` if the field was missing. */
  readonly baseline: string | undefined;
  readonly now: string | undefined;
}

/** Lists every field, except the seed, that differs between a config and the one that a baseline was made from. */
export function configChanges(
  baseline: Readonly<Record<string, unknown>>,
  now: Config,
): readonly ConfigChange[] {
  return differences({ ...baseline, seed: null }, { ...now, seed: null }, "");
}

function differences(baseline: unknown, now: unknown, path: string): ConfigChange[] {
  if (isRecord(baseline) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(baseline), ...Object.keys(now)])];
    return keys.flatMap((key) => differences(baseline[key], now[key], path ? `${path}.${key}` : key));
  }
  const change = { field: path, baseline: JSON.stringify(baseline), now: JSON.stringify(now) };
  return change.baseline === change.now ? [] : [change];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The most fields that are printed; nobody compares more by eye. */
const MOST_PRINTED = 20;

/** Changed fields as a person reads them: each cut to one short line, and how many are not shown. */
export interface PrintedChanges {
  readonly fields: readonly { readonly field: string; readonly baseline: string; readonly now: string }[];
  /** Such as `3 more fields changed`; null where all are shown. */
  readonly rest: string | null;
}

/** Prints the first of the fields that changed. */
export function printConfigChanges(changes: readonly ConfigChange[]): PrintedChanges {
  const print = (value: string | undefined) => plainJson(value ?? "nothing");
  const more = changes.length - MOST_PRINTED;
  return {
    fields: changes.slice(0, MOST_PRINTED).map(({ field, baseline, now }) => ({
      field: plain(field),
      baseline: print(baseline),
      now: print(now),
    })),
    rest: more > 0 ? `${more} more ${more === 1 ? "field" : "fields"} changed` : null,
  };
}
