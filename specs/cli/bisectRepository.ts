import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { gitIn } from "./git.ts";
import { runCli } from "./runCli.ts";

/** How many commits there are, and which of them is the first that is different, the one without a config, and worse. */
export interface Plan {
  readonly commits: number;
  readonly different: number;
  readonly broken: number;
  readonly worse: number;
}

/** What the config says at a commit: a rate that is hardly another, then one that learns nothing; one is no JSON. */
function configAt(commit: number, { different, broken, worse }: Plan): string {
  if (commit === broken) return "{";
  const learningRate = commit >= worse ? 1e-5 : commit >= different ? 0.050001 : 0.05;
  const { training, ...rest } = tinyConfig({ learningRate });
  return JSON.stringify({ ...rest, training: { ...training, steps: 20 } });
}

/** A repository with a tag for each commit, in a folder that the caller removes. */
export async function makeRepository(plan: Plan): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-bisect-spec-"));
  await gitIn(folder, "init", "--quiet", "--initial-branch=main");
  for (let commit = 1; commit <= plan.commits; commit++) {
    await writeFile(join(folder, "tiny.json"), configAt(commit, plan));
    await writeFile(join(folder, "notes.md"), `note ${commit}`);
    await gitIn(folder, "add", "--all");
    await gitIn(folder, "commit", "--quiet", "--message", `Commit ${commit}`);
    await gitIn(folder, "tag", `c${commit}`);
  }
  return folder;
}

/** Bisects as a process, and reads what it prints. */
export async function bisect(folder: string, good: string, bad: string) {
  const args = ["bisect", good, bad, "--json", "--engine", "wasm", "--seeds", "24", "--", "tiny.json"];
  const { code, stdout } = await runCli(args, folder);
  return { code, result: JSON.parse(stdout) };
}

/** Asks a bisection from the first commit to the last for the commits of the plan. */
export async function expectFound(folder: string, plan: Plan): Promise<void> {
  const { code, result } = await bisect(folder, "c1", "main");

  expect(code).toBe(1);
  expect(result.commits).toBe(plan.commits - 1);
  expect(result.firstDifferent).toMatchObject({
    commit: await gitIn(folder, "rev-parse", `c${plan.different}`),
    subject: `Commit ${plan.different}`,
    unsure: [],
  });
  expect(result.firstWorse).toMatchObject({
    commit: await gitIn(folder, "rev-parse", `c${plan.worse}`),
    unsure: [await gitIn(folder, "rev-parse", `c${plan.broken}`)],
  });
}
