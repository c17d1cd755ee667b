import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder in whose `node_modules` the packed package lies, beside the packages of this project. */
    packed: string;
  }
}

/**
 * Packs the package and lays what is in the tarball where a stranger's `npm install` would lay it. Its dependencies are
 * links to those of this project, so that no network is needed; `npm run try-package` installs them in earnest.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-packed-"));
  const run = promisify(execFile);
  const shell = process.platform === "win32";
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { shell, maxBuffer: 1e8 });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack must write a tarball");
  await run("tar", ["-xzf", tarball], { cwd: folder });

  const modules = join(folder, "node_modules");
  await mkdir(modules);
  for (const name of await readdir("node_modules"))
    if (name !== ".cache") await symlink(resolve("node_modules", name), join(modules, name), "junction");
  await rename(join(folder, "package"), join(modules, "learnproof"));
  project.provide("packed", folder);
  return () => rm(folder, { recursive: true, force: true });
}
