import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Names of the file in which a project defines its own subjects, in search order. */
export const PROJECT_FILES = [
  "learnproof.config.ts",
  "learnproof.config.mts",
  "learnproof.config.cts",
  "learnproof.config.js",
  "learnproof.config.mjs",
  "learnproof.config.cjs",
] as const;

/** Finds the project's file in the working directory; null if there is none. */
export function findProjectFile(): string | null {
  // The search uses relative names, because a working directory that was removed has no absolute path.
  const name = PROJECT_FILES.find((file) => existsSync(file));
  return name === undefined ? null : resolve(name);
}
