import { InputError } from "../../foundation/input/inputError.ts";
import { describeChange } from "./describeChange.ts";
import { heldBy, nameOfOwn } from "./ownDefaults.ts";
import { parseConfig } from "./parseConfig.ts";
import type { Config } from "./schema.ts";

/** Values of config fields by their path; undefined removes an optional field. */
export type Values = Readonly<Record<string, unknown>>;

/** A config that differs from another. */
export interface Change {
  /** The change in words, such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly description: string;
  /** The fields that differ, with their new values: what `changeConfig` takes. */
  readonly values: Values;
  readonly config: Config;
}

/**
 * Returns the config with other values at some paths, such as `{"training.optimizer.learningRate": 0.001}`. A path may
 * name an optional field that the config leaves out. If the project's own code or a saved file gives the model,
 * `model.X` means the field X of `rework`.
 *
 * @returns null if nothing changes, the config has no such field, or the result breaks a rule.
 */
export function changeConfig(config: Config, values: Values): Change | null {
  const changed = structuredClone(config) as unknown as Record<string, unknown>;
  const parts: string[] = [];
  const differing: Record<string, unknown> = {};
  for (const [written, value] of Object.entries(values)) {
    const path = "rework" in config ? written.replace(/^model\./, "rework.") : written;
    const place = findPlace(changed, path);
    if (place === null) return null;
    const { parent, key } = place;
    const before = parent[key];
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    if (value === undefined) delete parent[key];
    else parent[key] = structuredClone(value);
    const wordsOf = (version: number) => (config.subject === "own" && heldBy(config, version)?.words) || null;
    parts.push(describeChange(path, before, value, (part) => nameOfOwn(config, part), wordsOf));
    differing[path] = value;
  }
  if (parts.length === 0) return null;
  try {
    return { description: parts.join(", "), values: differing, config: parseConfig(changed) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Finds the object that holds the last key of a path; null if a key before it is missing. */
function findPlace(
  config: Record<string, unknown>,
  path: string,
): { readonly parent: Record<string, unknown>; readonly key: string } | null {
  const keys = path.split(".");
  const key = keys.pop() as string;
  let parent: unknown = config;
  for (const outer of keys) parent = (parent as Record<string, unknown> | undefined)?.[outer];
  return typeof parent === "object" && parent !== null
    ? { parent: parent as Record<string, unknown>, key }
    : null;
}
