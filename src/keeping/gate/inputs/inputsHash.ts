import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { readProjectCode } from "../../../learning/config/projectCode.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { EngineName } from "../../../learning/engine/engineName.ts";
import { hashCode } from "./codeHash.ts";
import { readLockFiles } from "./lockFile.ts";

export interface HashedInputs {
  readonly config: Config;
  readonly engine: EngineName;
}

/**
 * SHA-256, in hexadecimal, of what all seeds of a measurement depend on: the config, the engine, the code that
 * trains and measures, the packages that are installed, and Node's version. What a seed itself gives, such as its
 * examples, is hashed by {@link hashSubject}.
 */
export async function hashInputs({ config, engine }: HashedInputs): Promise<string> {
  const hash = createHash("sha256");
  const add = (name: string, value: string | Buffer) =>
    hash.update(`${name}\0${value.length}\0`).update(value);
  add("config", JSON.stringify({ ...config, seed: null }));
  if (kindOf(config).runsCode) add("project", await readProjectCode());
  add("engine", engine);
  add("node", process.version);
  for (const [name, version] of installedVersions()) add(name, version);
  for (const { name, bytes } of readLockFiles()) add(name, bytes);
  add("code", await hashCode());
  return hash.digest("hex");
}

/** Lists the installed version of every package that this one may load, in the order of its package.json. */
function installedVersions(): [string, string][] {
  const require = createRequire(import.meta.url);
  const own = readManifest(require.resolve("../../../../package.json"));
  const names = Object.keys({
    ...own.dependencies,
    ...own.peerDependencies,
    ...own.optionalDependencies,
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
