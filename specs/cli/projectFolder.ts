import { mkdir, mkdtemp, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";

/** What a project's file imports of learnproof. */
export const IMPORT = `import { defineSubject } from "learnproof";`;

/** An empty project with TensorFlow.js installed, in a folder that the caller removes. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(resolve("specs/cli/project-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(resolve("node_modules/@tensorflow"), join(folder, "node_modules/@tensorflow"), "junction");
  return folder;
}
