// A repository of ten commits, of which one learns in another way, and a later one learns worse.

import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { gitIn } from "./git.ts";
import { runCli } from "./runCli.ts";

const COMMITS = 10;
const DIFFERENT = 4;
const WORSE = 8;
const BROKEN = 7;

/** Processes of a bisection on a machine that has other work too. */
const MINUTES = 10 * 60_000;

let folder: string;

const git = (...args: string[]) => gitIn(folder, ...args);

/** What the config says at a commit: a rate that is hardly another, then one that learns nothing; one is no JSON. */
function configAt(commit: number): string {
  const learningRate = commit >= WORSE ? 1e-5 : commit >= DIFFERENT ? 0.020001 : 0.02;
  return commit === BROKEN ? "{" : JSON.stringify(tinyConfig({ learningRate }));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-bisect-spec-"));
  await git("init", "--quiet", "--initial-branch=main");
  for (let commit = 1; commit <= COMMITS; commit++) {
    await writeFile(join(folder, "tiny.json"), configAt(commit));
    await writeFile(join(folder, "notes.md"), `note ${commit}`);
    await git("add", "--all");
    await git("commit", "--quiet", "--message", `Commit ${commit}`);
    await git("tag", `c${commit}`);
  }
}, MINUTES);

afterAll(() => rm(folder, { recursive: true }));

async function bisect(good: string, bad: string) {
  const args = ["bisect", good, bad, "--json", "--engine", "wasm", "--seeds", "24", "--", "tiny.json"];
  const { code, stdout } = await runCli(args, folder);
  return { code, result: JSON.parse(stdout) };
}

describe("bisect", () => {
  test(
    "names the first commit that is different and the first that is worse, and leaves the repository as it was",
    async () => {
      await writeFile(join(folder, "notes.md"), "a change that is not committed");

      const { code, result } = await bisect("c1", "main");

      expect(code).toBe(1);
      expect(result.commits).toBe(COMMITS - 1);
      expect(result.firstDifferent).toMatchObject({
        commit: await git("rev-parse", `c${DIFFERENT}`),
        subject: `Commit ${DIFFERENT}`,
        unsure: [],
      });
      expect(result.firstWorse).toMatchObject({
        commit: await git("rev-parse", `c${WORSE}`),
        unsure: [await git("rev-parse", `c${BROKEN}`)],
      });
      expect(await git("status", "--porcelain")).toBe("M notes.md");
      expect(await git("worktree", "list", "--porcelain")).not.toContain("learnproof-bisect-spec-/tree");
      expect(await readdir(folder)).toEqual([".git", "notes.md", "tiny.json"]);
    },
    MINUTES,
  );

  test(
    "finds nothing between commits that differ in a note",
    async () => {
      const { code, result } = await bisect("c2", "c3");

      expect({ code, ...result }).toMatchObject({ code: 0, firstDifferent: null, firstWorse: null });
    },
    MINUTES,
  );

  test.each([
    ["a commit that is none", "nothing", "main", "git"],
    ["commits in the wrong order", "c5", "c2", "no-commits"],
  ])("refuses %s", async (_, good, bad, error) => {
    const { code, result } = await bisect(good, bad);

    expect(code).toBe(2);
    expect(result.error.code).toBe(error);
  });
});
