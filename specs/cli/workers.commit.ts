import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeProject } from "./projectFolder.ts";
import { type CliResult, runCli, spawnCli } from "./runCli.ts";

/** A network of zeros, which learns nothing; `atBuild` runs each time that it is built. */
const project = (atBuild: string) => `
  import { writeFileSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  import { layers, sequential } from "@tensorflow/tfjs-layers";
  import { defineSubject } from "learnproof";

  defineSubject({
    name: "zeros",
    buildModel: () => {
      ${atBuild}
      const kernelInitializer = "zeros";
      return sequential({ layers: [
        layers.dense({ inputShape: [2], units: 6, activation: "relu", kernelInitializer }),
        layers.dense({ units: 1, kernelInitializer }),
      ] });
    },
    examples: ({ seed }) => {
      const inputs = Array.from({ length: 64 }, (_, row) => [(row % 7) / 7, ((row * 5 + seed) % 11) / 11]);
      return { inputs, targets: inputs.map(([a, b]) => [a * b]) };
    },
    data: { examples: 64, heldOut: 0 },
    training: { steps: 200, optimizer: { name: "adam", learningRate: 0.01 } },
  });
`;

let folder: string;

beforeAll(async () => {
  folder = await makeProject();
});
afterAll(() => rm(folder, { recursive: true }));

const define = (atBuild: string) => writeFile(join(folder, "learnproof.config.ts"), project(atBuild));

/** What a command prints as JSON, but for its seconds. */
function outcome({ stdout, stderr }: CliResult): string {
  if (stdout === "") throw new Error(stderr);
  const { seconds: _seconds, ...rest } = JSON.parse(stdout);
  return JSON.stringify(rest);
}

const check = (workers: number, environment = {}) =>
  runCli(["check", "zeros", "--json", "--threads", "1", "--workers", `${workers}`], folder, environment);

describe("check --workers", () => {
  /** What is printed without workers. */
  let alone: string;

  beforeAll(async () => {
    await define("");
    alone = outcome(await check(1));
  });

  test("prints the same for every number: a subject of the project", async () => {
    expect(JSON.parse(alone)).toMatchObject({ verdict: "collapsed", holds: false });
    expect(JSON.parse(alone).attempts.length).toBeGreaterThan(1);
    for (const workers of [2, 3]) expect(outcome(await check(workers))).toBe(alone);
  });

  test("and --budget find the same in time enough, and end in too little", async () => {
    const within = (budget: string) =>
      runCli(["check", "zeros", "--json", "--workers", "2", "--budget", budget], folder);

    expect(outcome(await within("1h"))).toBe(alone);
    const { code, stdout } = await within("0.05s");
    expect(code).toBe(1);
    expect(JSON.parse(stdout).attempts.length).toBeLessThan(JSON.parse(alone).attempts.length);
  });

  test("makes itself what code ends in a worker", async () => {
    await define("if (!isMainThread) process.exit(0);");

    expect(outcome(await check(2))).toBe(alone);
  });

  test("says in a sentence that a worker has no memory", async () => {
    await define("if (!isMainThread) for (const all = []; ; ) all.push(new Array(1e6).fill(Math.random()));");
    const { code, stdout } = await check(2, { NODE_OPTIONS: "--max-old-space-size=200" });

    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code: "worker-ended", field: "--workers" });
    expect(JSON.parse(stdout).error.message).toContain("--workers 1");
  });
});

test("a gate measures a subject of the project on workers as without", async () => {
  await define("");
  const gate = async (workers: number) => {
    const [into, cache] = [`baselines-${workers}`, `cache-${workers}`];
    const args = [
      "gate",
      "zeros",
      "--update",
      "--seeds",
      "24",
      "--json",
      "--baselines",
      into,
      "--cache",
      cache,
    ];
    await runCli([...args, "--workers", `${workers}`], folder);
    return readFile(join(folder, into, "wasm/zeros.json"), "utf8");
  };

  expect(await gate(2)).toBe(await gate(1));
});

describe("a signal", () => {
  test.each([
    ["SIGINT", ["check", "zeros", "--workers", "2"]],
    ["SIGTERM", ["check", "zeros", "--workers", "2"]],
    ["SIGINT", ["gate", "zeros", "--update", "--workers", "2"]],
    ["SIGINT", ["calibrate", "--healthy", "20", "--workers", "2", "--blob", "part.json"]],
  ] as const)("%s ends %j, and leaves nothing half written", async (signal, args) => {
    await rm(join(folder, "working"), { force: true });
    // The worker says that it has begun, and would take minutes.
    await define(`if (!isMainThread) writeFileSync("working", "");`);
    const before = new Set(await readdir(folder));
    const child = spawnCli(args, folder);
    const ended = new Promise((done) => child.once("exit", (code, by) => done([code, by])));
    child.stderr.resume();
    await begun(args);
    child.kill(signal);

    expect(await ended).toEqual([null, signal]);
    const left = (await readdir(folder)).filter((name) => !before.has(name) && name !== "working");
    expect(left).toEqual([]);
    expect(existsSync(`/proc/${child.pid}/task`)).toBe(false);
  });
});

/** Waits until a worker trains; a calibration, which runs no code of the project, is given a while. */
async function begun([command]: readonly string[]): Promise<void> {
  if (command === "calibrate") return pause(4000);
  while (!existsSync(join(folder, "working"))) await pause(50);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
