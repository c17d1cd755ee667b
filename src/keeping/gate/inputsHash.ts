import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readProjectCode } from "../../learning/config/projectFile.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";

/** Our own code, as it lies in a clone or in an installed package. */
const CODE = fileURLToPath(new URL("../..", import.meta.url));

/** Folders that no measurement depends on: they print, judge or compare what was measured, or measure something else. */
const UNMEASURED = [
  "cli/",
  "judging/diagnosis/",
  "judging/ladder/",
  "keeping/",
  "lab/",
  "report/",
  "vitest/",
  "index.ts",
];
/** Lies in a folder that is left out, and measures. */
const MEASURING = "keeping/gate/measurement/";

/** Whether a measurement depends on a file of ours, named by its path from `src`, with slashes. */
export function isMeasured(file: string): boolean {
  return file.startsWith(MEASURING) || !UNMEASURED.some((folder) => file.startsWith(folder));
}

export interface HashedInputs {
  readonly config: Config;
  readonly engine: EngineName;
  /** Folder of the code. @defaultValue this package's own */
  readonly code?: string;
}

/**
 * SHA-256, in hexadecimal, of all that a measurement depends on: the config, the engine, the code that
 * trains and measures, the versions of what it depends on, and Node's. Seeds are no part of it.
 */
export async function hashInputs({ config, engine, code = CODE }: HashedInputs): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, text: string) => hash.update(`${name}\0${text.length}\0${text}\0`);
  add("config", JSON.stringify({ ...config, seed: null }));
  if (config.subject === "own") add("project", await readProjectCode());
  add("engine", engine);
  add("node", process.version);
  for (const [name, version] of installedVersions()) add(name, version);
  for (const file of await codeFiles(code)) {
    // Git may have checked the same text out with other line ends.
    const text = (await readFile(join(code, file))).toString("latin1").replaceAll("\r\n", "\n");
    add(file.split(sep).join("/"), text);
  }
  return hash.digest("hex");
}

async function codeFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => isMeasured(file.split(sep).join("/")))
    .sort();
}

/** Of everything that this package may load, in the order of its package.json. */
function installedVersions(): [string, string][] {
  const manifest = readManifest(join(CODE, "..", "package.json"));
  const require = createRequire(import.meta.url);
  const names = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  }).sort();
  return names.map((name) => {
    const folders = require.resolve.paths(name) ?? [];
    const path = folders.map((folder) => join(folder, name, "package.json")).find((file) => existsSync(file));
    return [name, path === undefined ? "missing" : (readManifest(path).version ?? "unknown")];
  });
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8"));
}
