import { changeConfig } from "../../learning/config/changeConfig.ts";
import { resize } from "../../learning/config/resize.ts";
import type { Config } from "../../learning/config/schema.ts";

/** More capacity than a config asks for. */
export interface Growth {
  /** Factor on the width of every layer but the output; 1 as written. */
  readonly width: number;
  /** Hidden layers more than written. */
  readonly layers: number;
}

/** What is tried on a rung that fails: width first, then depth. */
export const growths: readonly Growth[] = [
  { width: 1, layers: 0 },
  { width: 2, layers: 0 },
  { width: 4, layers: 0 },
  { width: 8, layers: 0 },
  { width: 4, layers: 1 },
  { width: 8, layers: 1 },
];

/** The config with that much more; null where it would be more than a config may ask for. */
export function grow(config: Config, { width, layers }: Growth): Config | null {
  if (width === 1 && layers === 0) return config;
  return changeConfig(config, resize(config, width, layers))?.config ?? null;
}
