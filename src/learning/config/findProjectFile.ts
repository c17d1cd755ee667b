import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Names of the file in which a project defines its own subjects, in the order in which they are looked for. */
export const PROJECT_FILES = [
  "learnproof.config.ts",
  "learnproof.config.mts",
  "learnproof.config.cts",
  "learnproof.config.js",
  "learnproof.config.mjs",
  "learnproof.config.cjs",
] as const;

/** The path of the project's file in the working directory, or null where it has none. */
export function findProjectFile(): string | null {
  // Looked for as it is named: a working directory that was removed has no path.
  const name = PROJECT_FILES.find((file) => existsSync(file));
  return name === undefined ? null : resolve(name);
}
