import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Lock files of package managers; the last is npm's own record of the installed packages. */
const NAMES = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
  "node_modules/.package-lock.json",
] as const;

/** A file, and what it holds. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The lock files of the nearest folder, from `folder` upwards, that has any; none where there is no such folder. */
export function readLockFiles(folder: string = process.cwd()): readonly FoundFile[] {
  const here = resolve(folder);
  const found = NAMES.filter((name) => statSync(join(here, name), { throwIfNoEntry: false })?.isFile()).map(
    (name) => ({ name, bytes: readFileSync(join(here, name)) }),
  );
  const above = dirname(here);
  return found.length > 0 || above === here ? found : readLockFiles(above);
}
