import { join } from "node:path";
import { isSameFile } from "../../foundation/files/sameFile.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { type Commit, git, readCommit } from "../git/git.ts";

/**
 * Returns the commit that is checked out.
 *
 * @param history the file of the history, which may have lines that were not committed yet.
 * @throws {InputError} where a tracked file differs from the commit, since what is measured would not be the commit's.
 */
export async function readCleanCommit(history: string): Promise<Commit> {
  const here = process.cwd();
  const top = await git(here, "rev-parse", "--show-toplevel");
  const changed = (await git(here, "diff", "--name-only", "-z", "HEAD"))
    .split("\0")
    .filter((path) => path !== "");
  for (const path of changed) {
    if (await isSameFile(join(top, path), history)) continue;
    throw new InputError({
      code: "dirty-tree",
      field: "--history",
      message:
        "needs files that are as the commit has them, for its line names the commit; commit them or put them aside",
      got: path,
    });
  }
  return readCommit(here, "HEAD");
}
