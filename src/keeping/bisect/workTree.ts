// A bisection checks commits out in a working tree of its own, so that the user's stays as it is.

import { existsSync, rmSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onExit } from "signal-exit";
import { git } from "../git/git.ts";

/** A working tree in a temporary folder. */
export interface WorkTree {
  /** The counterpart of the folder that the bisection was started in. */
  readonly folder: string;
  /** A folder beside the tree, for what the bisection itself keeps. */
  readonly scratch: string;
  /** Checks a commit out, and removes what the one before left behind. */
  readonly checkOut: (commit: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/**
 * Adds a working tree to the repository around a folder. It uses the packages that are installed there.
 *
 * @throws {InputError} outside of a repository.
 */
export async function addWorkTree(here: string, commit: string): Promise<WorkTree> {
  const top = await git(here, "rev-parse", "--show-toplevel");
  const prefix = await git(here, "rev-parse", "--show-prefix");
  const temporary = await mkdtemp(join(tmpdir(), "learnproof-bisect-"));
  const tree = join(temporary, "tree");
  const forget = onExit(() => rmSync(temporary, { recursive: true, force: true }));
  await git(here, "worktree", "prune");
  await git(here, "worktree", "add", "--detach", "--quiet", tree, commit);
  const folders = new Set([top, join(top, prefix)]);
  const packages = [...folders]
    .map((folder) => join(folder, "node_modules"))
    .filter((one) => existsSync(one));
  return {
    folder: join(tree, prefix),
    scratch: temporary,
    async checkOut(name) {
      await git(tree, "checkout", "--detach", "--force", "--quiet", name);
      await git(tree, "clean", "-d", "--force", "--quiet");
      for (const path of packages) linkPackages(path, join(tree, path.slice(top.length)));
    },
    async remove() {
      await rm(temporary, { recursive: true, force: true });
      await git(here, "worktree", "prune");
      forget();
    },
  };
}

/** A commit that has no such folder has no use for its packages either. */
function linkPackages(path: string, link: string): void {
  if (existsSync(link) || !existsSync(dirname(link))) return;
  symlinkSync(path, link, "junction");
}
