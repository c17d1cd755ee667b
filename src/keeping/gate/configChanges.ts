import type { Config } from "../../learning/config/schema.ts";

/** A field of a config that is not what it was. */
export interface ConfigChange {
  /** Path into the config, such as `training.optimizer.learningRate`. */
  readonly field: string;
  /** As JSON writes it; `undefined` where it was missing. */
  readonly baseline: string | undefined;
  readonly now: string | undefined;
}

/** Every field that differs between a config and the one that a baseline was made from, the seed apart. */
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
