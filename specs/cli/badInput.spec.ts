import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runCli, runInProcess } from "./runCli.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-cli-"));
  await mkdir(join(folder, "directory"));
  const files: Record<string, string> = {
    "fine.json": "{}",
    "empty.json": "",
    "zero-filters.json": '{"model": {"filters": [0]}}',
    "too-many.json": '{"data": {"examples": 1000000000}}',
    "unknown.json": '{"modle": {}}',
    "nan.json": '{"seed": NaN}',
    "negative-box.json": '{"data": {"boxSize": -4}}',
    "truncated.json": '{"seed": 1, "mod',
    "infinite.json": '{"data": {"noise": 1e999}}',
    "deep.json": `{"seed": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    "line-break.json": '{"mod\\nel": {}}',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true }));

/** Every bad command line, with what its one sentence must name. */
const CASES: [args: string[], field: string, rule: string][] = [
  [["train", "zero-filters.json"], "model.filters[0]", "must be a whole number from 1 to 1024"],
  [["train", "directory"], "directory", "must be a JSON file with a config"],
  [["train", "empty.json"], "empty.json", "write {} to take every default"],
  [["train", "too-many.json"], "data.examples", "must be a whole number from 1 to 1000000"],
  [["train", "unknown.json"], "modle", "is not a key of config"],
  [["train", "nan.json"], "nan.json", "must be valid JSON"],
  [["train", "negative-box.json"], "data.boxSize", "must be a whole number from 1 to 255"],
  [["train", "truncated.json"], "truncated.json", "must be valid JSON"],
  [["train", "none.json"], "none.json", "does not exist"],
  [["train", ""], '""', "does not exist"],
  [["train", "two\nlines.json"], '"two\\nlines.json"', "does not exist"],
  [["train", "fine.json", "--seed", "0"], "--seed", "must be a whole number from 1 to 2147483647"],
  [["train", "fine.json", "--seed", "abc"], "--seed", "must be a whole number from 1 to 2147483647"],
  [["train", "fine.json", "--engine", "abacus"], "--engine", "must be one of tensorflow, webgpu, wasm, cpu"],
  [["train"], "command line", "missing required args"],
  [["train", "fine.json", "--sead", "1"], "command line", "Unknown option `--sead` (did you mean --seed?)"],
  [["chekc"], "command", "did you mean check? Run learnproof --help"],
  [["check", "--elsewhere", "a.html"], "command line", "Unknown option `--elsewhere`; run learnproof --help"],
  [["check", "fine.json", "--report", "none/report.html"], "--report", "must lie in a folder that exists"],
  [["check", "fine.json", "--report", "directory"], "--report", "must be a file"],
  [["train", "infinite.json"], "data.noise", "(got Infinity)"],
  [["train", "line-break.json"], '"mod\\nel"', "is not a key of config"],
  [["train", "fine.json", "--seed", "1", "--seed", "2"], "--seed", "(got [1,2])"],
  [["train", "fine.json", "--seed=-1"], "--seed", "must be a whole number from 1 to 2147483647"],
  [["train", "fine.json", "--seed"], "command line", "value is missing"],
  [["train", "fine.json", "--engine", "cpu", "--engine", "wasm"], "--engine", "give it once"],
  [["train", "fine.json", "fine.json"], "command line", "Unused args"],
  [["train", "fine.json", "--out", "out.html"], "command line", "Unknown option"],
  [["train", "deep.json"], "deep.json", "lie at most 100 deep"],
  [["fly"], "command", "must be one of check, "],
  [["bench", "--seed", "1"], "command line", "Unknown option `--seed`"],
  [["replay", "none.json", "--seed", "1"], "command line", "Unknown option `--seed`"],
  [["train", "fine.json", "--quiet", "--verbose"], "--quiet", "is the contrary of --verbose"],
  [["check", "fine.json", "--quiet", "--verbose"], "--quiet", "is the contrary of --verbose"],
  [["train", "nan.jsn"], "nan.jsn", "does not exist; check the path (did you mean nan.json?)"],
  [["train", "unknown.json"], "modle", "is not a key of config (did you mean model?)"],
  [["complete", "tcsh"], "complete", "must be given a shell: bash, zsh, fish, powershell"],
];

// Windows has no device that is named as a file.
if (existsSync("/dev/null")) CASES.push([["check", "--report", "/dev/null"], "--report", "must be a file"]);

/** A config that is not there ends every command before it begins. */
const command = fc.constantFrom(["train", "none.json"], ["check", "none.json"], ["train"], ["fly"], [""]);
const word = fc.oneof(
  fc.constantFrom(
    "--json",
    "--seed",
    "--engine",
    "--report",
    "--seed=1",
    "--engine=cpu",
    "-x",
    "--",
    "-",
    "1e400",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

const runHere = (args: readonly string[]) => runInProcess(args, folder);

describe("bad input", () => {
  test.each(CASES)(
    "%j ends with exit code 2 and one sentence, and writes nothing",
    async (args, field, rule) => {
      const before = await readdir(folder);

      const text = await runHere(args);
      const json = await runHere([...args, "--json"]);

      expect(text).toMatchObject({ code: 2, stdout: "" });
      expect(text.stderr.trim().split("\n")).toHaveLength(1);
      expect(text.stderr).toContain(`learnproof: ${field}: `);
      expect(text.stderr).toContain(rule);
      expect(json).toMatchObject({ code: 2, stderr: "" });
      const { error } = JSON.parse(json.stdout);
      expect(Object.keys(error)).toEqual(["code", "field", "message", "got"]);
      expect(error).toMatchObject({
        field,
        message: expect.stringContaining(rule),
      });
      expect(await readdir(folder)).toEqual(before);
    },
  );

  // A parser's TypeError, a stack trace, a second line, or a command that runs after all breaks this.
  property.prop([command, fc.array(word, { maxLength: 4 })])(
    "of any words after a command ends with exit code 2 and one sentence",
    async (start, words) => {
      fc.pre(!words.some((text) => /^-*[hv]/i.test(text)));

      const { code, stdout, stderr } = await runHere([...start, ...words]);

      expect({ code, lines: (stdout + stderr).trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
      expect(stdout + stderr).toMatch(/^(learnproof: |\{"error":)/);
    },
  );

  test.each([
    ["train", "none.json", "--json=true"],
    ["--json=true", "train", "none.json"],
    ["--json", "fly"],
    ["train", "none.json", "--sead", "--json"],
  ])("is answered in JSON wherever %s %s %s ask for it", async (...args) => {
    const { code, stdout, stderr } = await runHere(args);

    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: expect.any(String) } });
  });

  test("nested deeper than anything of ours is named in JSON, too", async () => {
    const { code, stdout, stderr } = await runHere(["train", "deep.json", "--json"]);

    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout).error).toMatchObject({ code: "too-deep", field: "deep.json" });
  });

  test("that JSON has no number for is named in words", async () => {
    const { stdout } = await runHere(["train", "infinite.json", "--json"]);

    expect(JSON.parse(stdout).error.got).toBe("Infinity");
  });

  test("ends a real process with exit code 2 and the same sentence", async () => {
    const { code, stdout, stderr } = await runCli(["train", "zero-filters.json"], folder);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe("learnproof: model.filters[0]: must be a whole number from 1 to 1024 (got 0)\n");
  });
});

describe("help and version", () => {
  test("help is what learnproof alone prints", async () => {
    const [alone, asked] = [await runHere([]), await runHere(["--help"])];

    expect(alone).toMatchObject({ code: 0, stderr: "" });
    expect(alone.stdout).toBe(asked.stdout);
  });

  test("of each command has an example and every default", async () => {
    for (const { usage, options } of commands) {
      const { stdout } = await runHere([usage.split(" ")[0] as string, "--help"]);

      expect(stdout).toMatch(/Examples:\n {2}\$ npx learnproof /);
      for (const { flag, fallback } of options) {
        expect(stdout).toContain(flag);
        if (fallback !== undefined) expect(stdout).toContain(`(default: ${fallback})`);
      }
    }
  });

  test("a shell is told how to complete, and which words may come next", async () => {
    const script = await runHere(["complete", "bash"]);
    // The library reads the process's own arguments.
    const words = await runCli(["complete", "--", "che"], folder);

    expect(script.stdout).toContain("complete -F");
    expect(words.stdout).toMatch(/^check\t/);
  });

  test("are one JSON object where that is asked for", async () => {
    const [help, version] = [
      await runHere(["check", "--help", "--json"]),
      await runHere(["--version", "--json"]),
    ];

    expect(JSON.parse(help.stdout).help).toMatch(/--report <file>/);
    expect(JSON.parse(version.stdout)).toEqual({ version: "0.1.0" });
    expect([help.code, version.code]).toEqual([0, 0]);
  });

  test("are printed with exit code 0", async () => {
    const [help, version] = [await runCli(["--help"], folder), await runHere(["--version"])];

    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(/check \[what\][\s\S]*train <what>/);
    expect(version).toEqual({ code: 0, stdout: "learnproof 0.1.0\n", stderr: "" });
  });
});
