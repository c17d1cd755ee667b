import { changeConfig } from "../../learning/config/changeConfig.ts";
import { resize } from "../../learning/config/resize.ts";
import type { Config } from "../../learning/config/schema.ts";

/** More capacity than a config asks for. */
export interface Growth {
  /** Factor on the width of every layer but the output; 1 keeps the config's width. */
  readonly width: number;
  /** Hidden layers added to those of the config. */
  readonly layers: number;
}

/** The growths that are tried on a rung that fails: first more width, then more depth. */
export const growths: readonly Growth[] = [
  { width: 1, layers: 0 },
  { width: 2, layers: 0 },
  { width: 4, layers: 0 },
  { width: 8, layers: 0 },
  { width: 4, layers: 1 },
  { width: 8, layers: 1 },
];

/** Returns the config with that much more capacity; null if it would exceed the limits of a config. */
export function grow(config: Config, { width, layers }: Growth): Config | null {
  if (width === 1 && layers === 0) return config;
  return changeConfig(config, resize(config, width, layers))?.config ?? null;
}
