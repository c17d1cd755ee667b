import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { gitIn } from "./git.ts";
import { runInProcess } from "./runCli.ts";

let folder: string;

const git = (...args: string[]) => gitIn(folder, ...args);

async function commit(message: string, config: object): Promise<string> {
  await writeFile(join(folder, "tiny.json"), JSON.stringify(config));
  await git("add", "--all");
  await git("commit", "--quiet", "--message", message);
  return git("rev-parse", "HEAD");
}

async function run(...args: string[]) {
  const { code, stdout } = await runInProcess([...args, "--json", "--engine", "wasm"], folder);
  return { code, result: JSON.parse(stdout) };
}

const RECORD = ["gate", "--history", "history.jsonl", "--badge", "badge.json"] as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-history-spec-"));
  await git("init", "--quiet", "--initial-branch=main");
  await writeFile(join(folder, ".gitignore"), "node_modules\nlearnproof-*\nbadge.json\n");
  await writeFile(join(folder, "tiny.json"), JSON.stringify(tinyConfig()));
  await run("gate", "tiny.json", "--update", "--seeds", "24");
});

afterAll(() => rm(folder, { recursive: true }));

describe("the history of a repository", () => {
  test("gets a line from each gate, and is drawn", async () => {
    const first = await commit("first", tinyConfig());
    const good = await run(...RECORD);
    const badge = await readFile(join(folder, "badge.json"), "utf8");
    const second = await commit("second", tinyConfig({ kernelInitializer: "zeros" }));
    const bad = await run(...RECORD);

    const { code, result } = await run("history", "history.jsonl");

    expect([good.code, bad.code, code]).toEqual([0, 1, 0]);
    expect(JSON.parse(badge)).toMatchObject({ message: "1 of 1 learn as they did", color: "brightgreen" });
    const losses = result.points.filter(({ metric }: { metric: string }) => metric === "finalLoss");
    expect(losses.map((point: { commit: string }) => point.commit)).toEqual([first, second]);
    expect(losses[1].level).toBeGreaterThan(10 * losses[0].level);
    expect(result.changePoints).toEqual([]);
    expect(await readFile(result.report, "utf8")).toContain("over 2 commits");
  });

  test("tells what need not be measured, and what must be, since a commit", async () => {
    await writeFile(join(folder, "tiny.json"), JSON.stringify(tinyConfig({ kernelInitializer: "zeros" })));
    const same = await run("gate", "--changed", "HEAD", "--junit", "learnproof-junit.xml");
    await writeFile(join(folder, "tiny.json"), JSON.stringify(tinyConfig()));
    const other = await run("gate", "--changed", "HEAD");
    const otherPart = await run("gate", "--shard", "2/2");

    expect(same).toMatchObject({ code: 0, result: { passed: true, unchanged: ["tiny"], subjects: [] } });
    expect(await readFile(join(folder, "learnproof-junit.xml"), "utf8")).toContain("<skipped/>");
    expect(other).toMatchObject({ code: 0, result: { unchanged: [], subjects: [{ subject: "tiny" }] } });
    expect(otherPart).toMatchObject({ code: 0, result: { unchanged: [], subjects: [] } });
  });

  test("takes no line of files that are not the commit's, and measures nothing for it", async () => {
    const before = await readFile(join(folder, "history.jsonl"), "utf8");
    await writeFile(join(folder, "tiny.json"), JSON.stringify(tinyConfig({ learningRate: 0.03 })));

    const { code, result } = await run(...RECORD);

    expect(code).toBe(2);
    expect(result.error).toMatchObject({ code: "dirty-tree", field: "--history", got: "tiny.json" });
    expect(await readFile(join(folder, "history.jsonl"), "utf8")).toBe(before);
  });

  test.each([
    ["a file that is not there", "nothing.jsonl"],
    ["a file that is none", "tiny.json"],
  ])("is not read from %s", async (_, file) => {
    expect((await run("history", file)).code).toBe(2);
  });
});
