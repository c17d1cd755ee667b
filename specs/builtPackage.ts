// Specs that start the command line as a process start what is built: Node loads that in a third of the time that the
// sources take through a loader. The build is kept beside the installed packages, under the hash of the sources.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { requireTfjs } from "../scripts/requireTfjs.ts";

const CACHE = resolve("node_modules/.cache/learnproof");
/** What the build depends on besides the sources. */
const SETTINGS = ["package.json", "tsconfig.json", "tsconfig.build.json", "scripts/requireTfjs.ts"];
/** What the built program reads as it stands in the sources. */
const ASSETS = /\.(wasm|py|css|html|js)$/;

let built: string | undefined;

/** The folder of the package, with `package.json` and `dist`, built from the sources as they are now. */
export function builtPackage(): string {
  built ??= findOrBuild();
  return built;
}

function findOrBuild(): string {
  const folder = join(CACHE, hashSources());
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, "making-"));
  build(making);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another worker has built the same meanwhile.
    rmSync(making, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function build(folder: string): void {
  const dist = join(folder, "dist");
  execFileSync(process.execPath, [
    resolve("node_modules/typescript/bin/tsc"),
    ...["-p", "tsconfig.build.json", "--noCheck", "--declaration", "false", "--outDir", dist],
  ]);
  requireTfjs(dist);
  cpSync("src", dist, { recursive: true, filter: (path) => !/\.[a-zA-Z]+$/.test(path) || ASSETS.test(path) });
  copyFileSync("package.json", join(folder, "package.json"));
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const path of [...SETTINGS, ...sources("src")]) hash.update(`${path}\n`).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

function sources(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
