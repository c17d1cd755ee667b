import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appendHistory, readHistory } from "../../../src/keeping/history/historyFile.ts";
import { type HistoryLine, lineOf } from "../../../src/keeping/history/historyLine.ts";
import { madeUpRegression, madeUpResult } from "../gate/madeUp.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-history-"));
  path = join(folder, "history.jsonl");
});

afterEach(() => rm(folder, { recursive: true }));

function line(commit: string, day: number): HistoryLine {
  const time = new Date(Date.UTC(2026, 0, day)).toISOString();
  return lineOf(madeUpResult([madeUpRegression()]), { commit: commit.repeat(40), time, subject: "x" });
}

describe("the file of the history", () => {
  test("has a line for each commit, in whatever order they were merged", async () => {
    await appendHistory(path, line("a", 1));
    await appendHistory(path, line("c", 3));
    await appendHistory(path, line("b", 2));

    expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(3);
    expect(readHistory(path).map(({ commit }) => commit[0])).toEqual(["a", "b", "c"]);
    expect(readHistory(path)[0]?.subjects[0]).toMatchObject({
      subject: "tiny",
      metrics: { finalLoss: { level: 2, ratio: 2, seeds: 3 } },
    });
  });

  test("has one line for a commit that is measured twice", async () => {
    await appendHistory(path, line("a", 1));
    await appendHistory(path, { ...line("a", 1), subjects: [] });

    expect(readHistory(path)).toMatchObject([{ subjects: [] }]);
  });

  test.each([
    ["no JSON", "{"],
    ["another object", '{"commit": 1}'],
    ["half a line, as a merge conflict leaves it", "<<<<<<< HEAD"],
  ])("is refused by the line that is %s, and not appended to", async (_, text) => {
    await appendHistory(path, line("a", 1));
    await writeFile(path, `${await readFile(path, "utf8")}\n${text}\n`);

    expect(() => readHistory(path)).toThrow(`${path}: line 3`);
    await expect(appendHistory(path, line("b", 2))).rejects.toMatchObject({ code: "invalid-history" });
  });
});
