import { cpSync } from "node:fs";
import { relative, sep } from "node:path";
import type { Config } from "../../learning/config/schema.ts";
import { isCaptured } from "../../learning/keras/program/readCaptured.ts";

/**
 * Copies the captured program that a config was made from to a place beside its capsule, since the next capture of the
 * script replaces the original.
 *
 * @param capsule path of the capsule's file.
 * @returns the config, which names the copy; the same config where it was made from no captured program.
 */
export function keepProgram(config: Config, capsule: string): Config {
  if (config.subject !== "own" || !config.program || !isCaptured(config.program.path)) return config;
  const copy = `${capsule.replace(/\.json$/, "")}.program`;
  cpSync(config.program.path, copy, { recursive: true });
  return {
    ...config,
    program: { ...config.program, path: relative(process.cwd(), copy).split(sep).join("/") },
  };
}
