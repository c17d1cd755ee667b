import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The version of learnproof itself. */
export function ownVersion(): string {
  return (
    readManifest(createRequire(import.meta.url).resolve("../../../../package.json")).version ?? "unknown"
  );
}

/** Lists the installed version of every package that this one may load, in the order of its package.json. */
export function installedVersions(): [string, string][] {
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
