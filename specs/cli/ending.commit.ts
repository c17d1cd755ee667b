// How a process ends when the project's code does something to it. One file of a project does all of it, by a word in
// its environment, so that every process is one case and several facts.

import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IMPORT, makeProject } from "./projectFolder.ts";
import { runCli, runShell } from "./runCli.ts";

const PROJECT = `import { spawnSync } from "node:child_process";
import { writeFileSync, writeSync } from "node:fs";
import { layers, sequential } from "@tensorflow/tfjs-layers";
${IMPORT}
const inputs = Array.from({ length: 40 }, (_, i) => [i / 40, ((i * 7) % 11) / 11]);
const behave: Record<string, () => unknown> = {
  prints: () => {
    console.log("printed");
    process.stdout.write("written");
    process.stdout.end("ended");
    console.log("printed after the end");
    writeSync(1, "by its number");
    spawnSync(process.execPath, ["-e", "console.log('by a process')"], { stdio: "inherit" });
    setInterval(() => undefined, 1000);
  },
  leaves: () => process.exit(0),
  throws: () => setTimeout(() => { throw new Error("too\\nlate"); }),
  rejects: () => void Promise.reject(5),
  waits: () => new Promise(() => undefined),
  takes: () => writeFileSync("taken.json", "of another process"),
};
defineSubject({
  name: "own",
  buildModel: async () => {
    const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 8, activation: "relu" }), layers.dense({ units: 1 })] });
    if (process.env.BEHAVE === "prints") model.summary();
    await behave[process.env.BEHAVE as string]?.();
    return model;
  },
  examples: { train: { inputs, targets: inputs.map(([a]) => a) } },
  training: { optimizer: { learningRate: 0.05 }, steps: 60 },
});
`;

let folder: string;

beforeAll(async () => {
  folder = await makeProject();
  await writeFile(join(folder, "learnproof.config.ts"), PROJECT);
});
afterAll(() => rm(folder, { recursive: true }));

const WASM = { LEARNPROOF_ENGINE: "wasm" };

async function behaving(word: string, ...args: string[]) {
  const result = await runCli(args.length > 0 ? args : ["train", "own"], folder, { ...WASM, BEHAVE: word });
  return { ...result, said: result.stderr.replace(/^engine .*\n/, "") };
}

const lineOf = (text: string) => PROJECT.slice(0, PROJECT.indexOf(text)).split("\n").length;

describe("code that prints", () => {
  test("prints to standard error, and holds no process whose verdict is out", async () => {
    const { code, stdout, stderr } = await behaving("prints", "train", "own", "--json");

    expect(JSON.parse(stdout)).toMatchObject({ verdict: "learns" });
    expect(code).toBe(0);
    for (const text of ["printed", "written", "ended", "by its number", "by a process", "Total params"])
      expect(stderr).toContain(text);
  });
});

describe("code that ends the process, or lets it end", () => {
  test.each([
    ["leaves", "process.exit(0)", /must not end the process/],
    ["throws", "new Error(", /must not leave an error uncaught \(too\); /],
  ])("%s: is named with its line, and exit code 2", async (word, text, sentence) => {
    const { code, stdout, said } = await behaving(word);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(said.trimEnd().split("\n")).toHaveLength(1);
    expect(said).toContain(`learnproof: learnproof.config.ts:${lineOf(text)}:`);
    expect(said).toMatch(sentence);
  });

  test.each([
    ["rejects", /must not leave an error uncaught \(5\)/],
    ["waits", /must not wait for what never comes/],
  ])("%s: is named, without a line where there is none, as one JSON object", async (word, sentence) => {
    const { code, stdout } = await behaving(word, "check", "own", "--json");

    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "invalid-project",
      field: "learnproof.config.ts",
      message: expect.stringMatching(sentence),
    });
    expect(await readdir(folder)).not.toContain("learnproof-report.html");
  });
});

test("record does not write over a file that appeared while it trained", async () => {
  const { code, said } = await behaving("takes", "record", "own", "--out", "taken.json");

  expect(code).toBe(2);
  expect(said).toMatch(/^learnproof: --out: must not exist yet.*it appeared/);
  expect(await readFile(join(folder, "taken.json"), "utf8")).toBe("of another process");
});

describe("a stream that takes nothing", () => {
  test.runIf(existsSync("/dev/full"))("as standard output, makes no verdict", async () => {
    const full = await runShell(["--help"], "> /dev/full", folder);

    expect(full.code).toBe(2);
    expect(full.stderr).toMatch(/^learnproof: standard output: .*ENOSPC/);
  });

  // The pipe's reader has gone before anything is written.
  test("as standard error, costs neither the verdict nor the report", async () => {
    const closed = "2>&1 >out.txt | true; exit $PIPESTATUS";
    const { code } = await runShell(["check", "own", "--report", "kept.html"], closed, folder);

    expect(code).toBe(0);
    expect(await readFile(join(folder, "out.txt"), "utf8")).toMatch(/laws/);
    expect(await readFile(join(folder, "kept.html"), "utf8")).toContain("<!doctype html>");
  });
});
