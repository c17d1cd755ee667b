import { join } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { type Bisection, bisect, type FirstCommit } from "../keeping/bisect/bisect.ts";
import { addWorkTree, type WorkTree } from "../keeping/bisect/workTree.ts";
import { plain } from "../keeping/gate/plain.ts";
import { type Commit, commitsBetween, readCommit } from "../keeping/git/git.ts";
import type { Deadline } from "./deadline.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { type CommandResult, runOwnCommand } from "./ownProcess.ts";
import { remarkPageless } from "./pageless.ts";

/** `bisect GOOD BAD -- WHAT`: which commit is the first that learns in another way, and which the first that learns worse? */
export async function bisectCommand(
  good: string,
  bad: string,
  positional: readonly string[],
  raw: RawOptions,
): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "learnproof history");
  const what = [...positional, ...(Array.isArray(raw["--"]) ? raw["--"].map(String) : [])];
  refuseNothing(what);
  const here = process.cwd();
  const from = await readCommit(here, good);
  const to = await readCommit(here, bad);
  const commits = await commitsBetween(here, from, to);
  refuseUnrelated(commits, from, to);
  const tree = await addWorkTree(here, from.commit);
  try {
    const runs = createRuns(tree, what, raw, options.deadline);
    const found = await bisect(commits, await runs.begin(from), runs);
    const result = { good: from.commit, bad: to.commit, what, commits: commits.length, ...found };
    if (options.json) printJson({ ...result, seconds: seconds() });
    else print(describe(found, commits.length));
    return found.firstWorse === null ? ExitCode.holds : ExitCode.fails;
  } finally {
    await tree.remove();
  }
}

function refuseNothing(what: readonly string[]): void {
  if (what.length > 0) return;
  throw new InputError({
    code: "usage",
    field: "bisect",
    message: "must name what to train, such as bisect v1.0 main -- my.json",
    got: undefined,
  });
}

function refuseUnrelated(commits: readonly Commit[], good: Commit, bad: Commit): void {
  if (commits.length > 0 || good.commit === bad.commit) return;
  throw new InputError({
    code: "no-commits",
    field: "bisect",
    message: "must be given a good commit and a later one that was made from it",
    got: `${good.commit.slice(0, 12)}..${bad.commit.slice(0, 12)}`,
  });
}

/** Runs the commits in the working tree, each at most once for its digest and once for its measurements. */
function createRuns(tree: WorkTree, what: readonly string[], raw: RawOptions, deadline: Deadline) {
  const common = [
    ...(raw.engine === undefined ? [] : ["--engine", String(raw.engine)]),
    ...(raw.threads === undefined ? [] : ["--threads", String(raw.threads)]),
    ...(raw.seed === undefined ? [] : ["--seed", String(raw.seed)]),
  ];
  const files = ["baselines", "cache", "report"].flatMap((name) => [`--${name}`, join(tree.scratch, name)]);
  const run = async (commit: Commit, args: readonly string[]): Promise<CommandResult> => {
    deadline.look();
    deadline.signal?.throwIfAborted();
    await tree.checkOut(commit.commit);
    remark(`${args[0]} ${commit.commit.slice(0, 12)} ${plain(commit.subject)}`);
    const left = deadline.left();
    const bound = left === undefined ? [] : ["--budget", `${Math.ceil(left)}s`];
    const result = await runOwnCommand([...args, "--json", ...common, ...bound], tree.folder);
    // A commit is not at fault for what there was no time for.
    deadline.look();
    deadline.signal?.throwIfAborted();
    return result;
  };
  const train = async (commit: Commit) => {
    const { code, json } = await run(commit, ["train", ...what]);
    return code === ExitCode.badInput || typeof json.digest !== "string" ? null : json.digest;
  };
  const seeds = raw.seeds === undefined ? [] : ["--seeds", String(raw.seeds)];
  return {
    digest: train,
    async isWorse(commit: Commit) {
      const { code, json } = await run(commit, ["gate", ...what, ...files]);
      return code === ExitCode.badInput || typeof json.passed !== "boolean" ? null : !json.passed;
    },
    /** Makes the good commit the baseline, and returns its digest if the engine repeats it. */
    async begin(good: Commit): Promise<string | null> {
      const update = await run(good, ["gate", ...what, "--update", ...seeds, ...files]);
      if (update.code !== ExitCode.holds) throw doesNotRun(good, update);
      const [once, again] = [await train(good), await train(good)];
      return once === again ? once : null;
    },
  };
}

function doesNotRun({ commit }: Commit, { json }: CommandResult): InputError {
  const { error } = json as { error?: { message?: unknown } };
  return new InputError({
    code: "good-fails",
    field: `bisect: commit ${commit.slice(0, 12)}`,
    message:
      "must run, since the others are compared with it; name a later good commit, or mend what it lacks",
    got: typeof error?.message === "string" ? error.message : "no result",
  });
}

function describe({ firstDifferent, firstWorse }: Bisection, count: number): string {
  const line = (what: string, found: FirstCommit | null) =>
    found === null
      ? `No commit of ${count} is ${what}.`
      : `The first commit that is ${what}: ${found.commit.slice(0, 12)} ${plain(found.subject)}${unsureOf(found)}`;
  return [line("different", firstDifferent), line("worse", firstWorse)].join("\n");
}

function unsureOf({ unsure }: FirstCommit): string {
  if (unsure.length === 0) return "";
  return ` (or one of ${unsure.map((commit) => commit.slice(0, 12)).join(", ")}, which do not run)`;
}
