import { mkdir, mkdtemp, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** An import of learnproof's sources, for a project's file. */
export const IMPORT = `import { defineSubject } from "${pathToFileURL(resolve("src/index.ts")).href}";`;

/** An empty project with TensorFlow.js installed, in a folder that the caller removes. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(resolve("specs/cli/project-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(resolve("node_modules/@tensorflow"), join(folder, "node_modules/@tensorflow"), "junction");
  return folder;
}
