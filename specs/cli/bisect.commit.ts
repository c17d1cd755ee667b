// A repository of a few commits, of which one learns in another way, and a later one learns worse.

import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bisect, expectFound, makeRepository } from "./bisectRepository.ts";
import { gitIn } from "./git.ts";
import { runInProcess } from "./runCli.ts";

/** The last commit changes a note. */
const PLAN = { commits: 5, different: 2, broken: 3, worse: 4 } as const;

/** Processes of a bisection on a machine that has other work too. */
const MINUTES = 10 * 60_000;

let folder: string;

beforeAll(async () => {
  folder = await makeRepository(PLAN);
}, MINUTES);

afterAll(() => rm(folder, { recursive: true }));

describe("bisect", () => {
  test(
    "names the first commit that is different and the first that is worse, and leaves the repository as it was",
    async () => {
      await writeFile(join(folder, "notes.md"), "a change that is not committed");

      await expectFound(folder, PLAN);

      expect(await gitIn(folder, "status", "--porcelain")).toBe("M notes.md");
      expect(await gitIn(folder, "worktree", "list", "--porcelain")).not.toContain(
        "learnproof-bisect-spec-/tree",
      );
      expect(await readdir(folder)).toEqual([".git", "notes.md", "tiny.json"]);
    },
    MINUTES,
  );

  test(
    "finds nothing between commits that differ in a note",
    async () => {
      const { code, result } = await bisect(folder, "c4", "c5");

      expect({ code, ...result }).toMatchObject({ code: 0, firstDifferent: null, firstWorse: null });
    },
    MINUTES,
  );

  test.each([
    ["a commit that is none", "nothing", "main", "git"],
    ["commits in the wrong order", "c5", "c2", "no-commits"],
  ])("refuses %s", async (_, good, bad, error) => {
    const { code, stdout } = await runInProcess(["bisect", good, bad, "--json", "--", "tiny.json"], folder);

    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe(error);
  });
});
