import { InputError } from "../../foundation/input/inputError.ts";
import { describeChange } from "./describeChange.ts";
import { parseConfig } from "./parseConfig.ts";
import type { Config } from "./schema.ts";

/** A config that differs from another. */
export interface Change {
  /** The change in words, such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly description: string;
  readonly config: Config;
}

/**
 * Returns the config with other values at some paths, such as `{"training.optimizer.learningRate": 0.001}`. If the
 * project's own code or a saved file gives the model, `model.X` means the field X of `rework`.
 *
 * @returns null if nothing changes, a path does not exist in the config, or the result breaks a rule.
 */
export function changeConfig(config: Config, values: Readonly<Record<string, unknown>>): Change | null {
  const changed = structuredClone(config) as unknown as Record<string, unknown>;
  const parts: string[] = [];
  for (const [written, value] of Object.entries(values)) {
    const path = "rework" in config ? written.replace(/^model\./, "rework.") : written;
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown> | undefined>(
      (object, key) => object?.[key] as Record<string, unknown> | undefined,
      changed,
    );
    if (parent === undefined || !(last in parent)) return null;
    const before = parent[last];
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    parent[last] = value;
    parts.push(describeChange(path, before, value));
  }
  if (parts.length === 0) return null;
  try {
    return { description: parts.join(", "), config: parseConfig(changed) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
