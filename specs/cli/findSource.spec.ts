import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findSource } from "../../src/cli/findSource.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-source-"));
});
afterEach(() => rm(folder, { recursive: true }));

const git = (...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
    env: { ...process.env, GIT_COMMITTER_DATE: "2026-11-26T12:00:00Z" },
    encoding: "utf8",
  }).trim();

describe("the source of a subject", () => {
  test("is its file, and the commit with its date and whether files differ from it", async () => {
    const file = join(folder, "config.json");
    await writeFile(file, "{}");
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "first");
    const id = git("rev-parse", "--short", "HEAD");

    const commit = { id, date: "2026-11-26", changed: false };
    expect(await findSource(file)).toEqual({ file: relative(".", file), commit });

    await writeFile(file, "{ }");
    expect((await findSource(file)).commit).toEqual({ ...commit, changed: true });
  });

  test("has no commit outside a repository, or where nothing was committed", async () => {
    const file = join(folder, "config.json");
    await writeFile(file, "{}");

    expect((await findSource(file)).commit).toBeNull();
    git("init", "--quiet");
    expect((await findSource(file)).commit).toBeNull();
  });

  test("is a name where that is no file", async () => {
    expect((await findSource("wine")).file).toBe("wine");
    expect((await findSource(undefined)).file).toBeNull();
  });
});
