// A run of the gate need not measure every subject: only those that changed since a commit.

import { addWorkTree } from "../keeping/bisect/workTree.ts";
import { hashSubjectInputs } from "../keeping/gate/inputs/subjectInputs.ts";
import type { SubjectConfig } from "../keeping/gate/subjectConfig.ts";
import { readCommit } from "../keeping/git/git.ts";
import type { Engine } from "../learning/engine/startEngine.ts";
import { runOwnCommand } from "./ownProcess.ts";

/** Returns the hash of what each subject depends on, by its name. */
export async function hashAll(
  subjects: readonly SubjectConfig[],
  engine: Engine,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const subject of subjects) hashes[subject.name] = await hashSubjectInputs(subject, engine);
  return hashes;
}

/**
 * Returns the names of the subjects that depend on nothing that changed since a commit. A subject that the commit lacks,
 * or that does not run there, changed.
 *
 * @throws {InputError} where it is no commit of this repository.
 */
export async function findUnchanged(
  subjects: readonly SubjectConfig[],
  engine: Engine,
  since: string,
): Promise<readonly string[]> {
  const here = process.cwd();
  const { commit } = await readCommit(here, since);
  const now = await hashAll(subjects, engine);
  const tree = await addWorkTree(here, commit);
  try {
    await tree.checkOut(commit);
    const unchanged: string[] = [];
    for (const { name, configFile } of subjects) {
      const args = ["gate", configFile, "--inputs-only", "--json", "--engine", engine.name];
      const { json } = await runOwnCommand(args, tree.folder);
      const { inputs } = json as { inputs?: Readonly<Record<string, unknown>> };
      if (inputs?.[name] === now[name]) unchanged.push(name);
    }
    return unchanged;
  } finally {
    await tree.remove();
  }
}
