import { execFile } from "node:child_process";
import { InputError } from "../../foundation/input/inputError.ts";

/** A commit as a person knows it. */
export interface Commit {
  /** The full hash. */
  readonly commit: string;
  /** When it was committed, in ISO 8601. */
  readonly time: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** Output of a megabyte is a list of ten thousand commits. */
const MOST_OUTPUT = 16 * 1024 ** 2;

/**
 * Runs git in a folder and returns what it prints, without the last line break.
 *
 * @throws {InputError} with git's own words, where it fails or is not installed.
 */
export function git(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile("git", [...args], { cwd: folder, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      if (error) fail(explain(args, error, stderr));
      else done(stdout.replace(/\n$/, ""));
    });
  });
}

function explain(args: readonly string[], error: Error & { code?: unknown }, stderr: string): InputError {
  const missing = error.code === "ENOENT";
  return new InputError({
    code: "git",
    field: `git ${args[0] ?? ""}`,
    message: missing
      ? "must be installed; install git, then try again"
      : "must succeed; run this in a repository whose history is complete (a shallow checkout needs git fetch --unshallow)",
    got: missing ? "ENOENT" : stderr.trim().split("\n").at(-1) || error.message,
  });
}

/** Hash, time and subject, which a line break cannot stand in. */
const FORMAT = "--format=%H%x00%cI%x00%s";

/** Returns the commit that a name stands for. */
export async function readCommit(folder: string, name: string): Promise<Commit> {
  const commit = await git(
    folder,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ).catch((error: InputError) => {
    if (error.got === "ENOENT") throw error;
    throw new InputError({
      code: "git",
      field: "commit",
      message: "must be a commit, a branch or a tag of this repository",
      got: name,
    });
  });
  return parse(await git(folder, "show", "--no-patch", FORMAT, commit));
}

/** Lists the commits after `good` up to `bad`, oldest first, along the first parents: what was merged at once counts once. */
export async function commitsBetween(folder: string, good: Commit, bad: Commit): Promise<readonly Commit[]> {
  const range = `${good.commit}..${bad.commit}`;
  const text = await git(folder, "log", "--first-parent", "--reverse", FORMAT, range);
  return text === "" ? [] : text.split("\n").map(parse);
}

function parse(line: string): Commit {
  const [commit = "", time = "", subject = ""] = line.split("\0");
  return { commit, time, subject };
}
