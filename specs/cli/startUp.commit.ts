// What a command loads before it refuses its input: TensorFlow.js alone takes most of a second.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPackage } from "../builtPackage.ts";

/** Prints the package of a module that is loaded from a place. */
const SAY = `
  import { writeSync } from "node:fs";
  function say(place) {
    const name = /[/\\\\]node_modules[/\\\\]((?:@[^/\\\\]+[/\\\\])?[^/.\\\\][^/\\\\]*)/.exec(place)?.[1];
    if (name) writeSync(2, "loads " + name.replace("\\\\", "/") + "\\n");
  }`;
/** Hooks for what is imported. */
const HOOKS = `${SAY}
  export async function load(url, context, next) {
    say(url);
    return next(url, context);
  }`;
const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
/** Registers the hooks, and watches what is required. */
const REGISTER = asUrl(`${SAY}
  import Module, { register } from "node:module";
  register(${JSON.stringify(asUrl(HOOKS))});
  const { load } = Module.prototype;
  Module.prototype.load = function (path) {
    say(path);
    return load.call(this, path);
  };`);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-start-"));
  await writeFile(join(folder, "broken.json"), JSON.stringify({ training: { steps: 0 } }));
  await writeFile(join(folder, "brief.json"), JSON.stringify({ subject: "dense", training: { steps: 1 } }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command, and lists the packages that it loads. */
function packagesOf(args: readonly string[]): Promise<{ code: number; packages: ReadonlySet<string> }> {
  const command = ["--import", REGISTER, join(builtPackage(), "dist/cli/main.js"), ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: folder }, (error, _, stderr) => {
      const packages = new Set([...stderr.matchAll(/^loads (.+)$/gm)].map(([, name]) => name as string));
      done({ code: error ? Number(error.code) : 0, packages });
    });
  });
}

/** Packages that training, reading files or drawing needs, and refusing does not. */
const HEAVY = [
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-layers",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-wasm",
  "csv-parse",
  "fast-check",
  "fflate",
  "jsfive",
  "simple-statistics",
  "wrap-ansi",
];

describe("a command that refuses its input", () => {
  test.each([
    ["check broken.json"],
    ["gate broken.json"],
    ["engines missing.json"],
    ["calibrate --healthy 0"],
    ["calibrate --shard 1/2"],
    ["merge missing"],
    ["replay missing.json"],
    ["judge missing.jsonl"],
    ["explain no-such-cause"],
  ])("loads no package that only its work needs: %s", async (line) => {
    const { code, packages } = await packagesOf(line.split(" "));

    expect(code).toBe(2);
    expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
  });

  test("is told from one that trains, which loads TensorFlow.js: the twin", async () => {
    const { packages } = await packagesOf(["train", "brief.json"]);

    expect(packages).toContain("cac");
    expect(packages).toContain("@tensorflow/tfjs-core");
  });
});
