import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, startEngine } from "../../src/learning/engine/startEngine.ts";
import { broken } from "../failure-modes/healthy.ts";
import { runInProcess } from "./runCli.ts";

let folder: string;
let engine: Engine;

const CONFIGS = {
  "healthy.json": broken({}),
  // Stops at two examples, which no capacity tells apart while the weights are 0.
  "zeros.json": broken({
    model: { kernelInitializer: "zeros", hidden: [{ units: 2, activation: "relu" }] },
    data: { examples: 4 },
  }),
  // Five examples are learnt by heart; the held-out ones are not predicted from them.
  "few.json": broken({ data: { examples: 5, formula: ["sin(9 * x0) * x1"] } }),
  "helped.json": broken({
    model: { outputActivation: "sigmoid" },
    data: { formula: ["0.5 + 0.4 * x0 * x1"] },
    training: { loss: { name: "mse+msle" }, steps: 150, optimizer: { name: "sgd", learningRate: 0.01 } },
  }),
  "hasty.json": broken({
    model: { outputActivation: "sigmoid" },
    data: { formula: ["0.5 + 0.4 * x0 * x1"] },
    training: { loss: { name: "mse+msle" }, steps: 2 },
  }),
};

beforeAll(async () => {
  engine = await startEngine({ environment: process.env });
  folder = await mkdtemp(join(tmpdir(), "learnproof-others-"));
  for (const [name, config] of Object.entries(CONFIGS))
    await writeFile(join(folder, name), JSON.stringify(config));
});

afterAll(() => rm(folder, { recursive: true }));

/** Exactly one JSON object on standard output: `JSON.parse` refuses anything beside it. */
async function runJson(...args: string[]) {
  const { code, stdout } = await runInProcess([...args, "--json"], folder);
  return { code, result: JSON.parse(stdout) };
}

describe("ladder", () => {
  test("prints the contract's JSON and exits 0 where every rung is climbed and the split generalises", async () => {
    const { code, result } = await runJson("ladder", "healthy.json", "--seed", "3");

    expect(code).toBe(0);
    expect(result).toMatchObject({
      verdict: "learns",
      generalises: true,
      needed: { width: 1, layers: 0 },
      cause: null,
      causes: [],
      engine: engine.name,
      seed: 3,
    });
    expect(result.rungs.map((rung: { examples: number }) => rung.examples)).toEqual([
      1, 2, 3, 5, 10, 20, 50, 100,
    ]);
    for (const [index, rung] of result.rungs.entries()) {
      expect(rung).toMatchObject({
        width: 1,
        verdict: "learns",
        steps: expect.any(Number),
        loss: expect.any(Number),
      });
      // One example has no variance to compare with.
      expect(typeof rung.varianceRatio).toBe(index === 0 ? "object" : "number");
    }
  });

  test("exits 1 where a rung is not climbed, and names the cause", async () => {
    const { code, result } = await runJson("ladder", "zeros.json");

    expect(code).toBe(1);
    expect(result).toMatchObject({
      verdict: "collapsed",
      generalises: null,
      cause: { name: "symmetric-initialisation", evidence: expect.stringMatching(/\d/) },
    });
    expect(result.rungs).toHaveLength(2);
  });

  test("exits 1 where it learns by heart and does not generalise, and says so in a table", async () => {
    const { code, stdout } = await runInProcess(["ladder", "few.json"], folder);

    expect(code).toBe(1);
    expect(stdout).toMatch(/examples +│ verdict/);
    expect(stdout).toContain("It does not predict held-out examples.");
  });
});

describe("ladder --alpha", () => {
  test("prints a row for each alpha and exits 0 where one learns", async () => {
    const { code, result } = await runJson("ladder", "helped.json", "--alpha");

    expect(code).toBe(0);
    expect(result).toMatchObject({ best: 50, helps: true, engine: engine.name, seed: 1 });
    expect(result.alphas).toHaveLength(8);
    expect(result.alphas[0]).toEqual({ alpha: 0, verdict: "stalled", error: expect.any(Number) });
  });

  test("exits 1 where none learns, and says so under its table", async () => {
    const { code, stdout } = await runInProcess(["ladder", "hasty.json", "--alpha"], folder);

    expect(code).toBe(1);
    expect(stdout).toMatch(/alpha +│ verdict +│ +error/);
    expect(stdout).toMatch(/No alpha makes it learn\.\n$/);
  });

  test("exits 2 for a loss without an alpha", async () => {
    const { code, result } = await runJson("ladder", "healthy.json", "--alpha");

    expect(code).toBe(2);
    expect(result.error).toEqual({
      code: "conflict",
      field: "training.loss.name",
      message: expect.stringContaining('must be "mse+msle"'),
      got: "mse",
    });
  });
});

describe("report", () => {
  test("lays runs side by side in one page, exits 0 whatever they come to, and prints their rows", async () => {
    const { code, result } = await runJson("report", "healthy.json", "zeros.json", "--out", "two.html");

    expect(code).toBe(0);
    expect(result).toMatchObject({
      report: join(folder, "two.html"),
      engine: engine.name,
      runs: [
        { name: "healthy.json", verdict: "learns", cause: null },
        { name: "zeros.json", verdict: "collapsed", cause: "symmetric-initialisation" },
      ],
    });
    for (const run of result.runs) {
      expect(run.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(run.lossOverVariance).toEqual(expect.any(Number));
    }
    const page = await readFile(result.report, "utf8");
    expect(page).toContain("2 runs side by side");
    expect(page).toContain(result.runs[1].digest.slice(0, 12));
  });

  test("says for a person what each run came to and where the page lies", async () => {
    const { code, stdout } = await runInProcess(["report", "zeros.json", "--out", "one.html"], folder);

    expect(code).toBe(0);
    expect(stdout).toBe(
      `zeros.json: collapsed (symmetric-initialisation)\nReport: ${join(folder, "one.html")}\n`,
    );
  });

  test("exits 2 and writes nothing without a run, with nine, and over one of its own configs", async () => {
    const before = await readdir(folder);
    const nine = Array.from({ length: 9 }, () => "healthy.json");

    for (const args of [[], nine]) {
      const { code, result } = await runJson("report", ...args);
      expect(code).toBe(2);
      expect(result.error).toMatchObject({ code: "out-of-range", field: "report", got: args.length });
    }
    const over = await runJson("report", "healthy.json", "--out", "healthy.json");
    expect([over.code, over.result.error.field]).toEqual([2, "--out"]);
    expect(await readdir(folder)).toEqual(before);
    expect(JSON.parse(await readFile(join(folder, "healthy.json"), "utf8"))).toEqual(CONFIGS["healthy.json"]);
  });
});

describe("calibrate", () => {
  test.each([
    ["--healthy", "0", "out-of-range"],
    ["--mutated", "1.5", "out-of-range"],
    ["--mutated", "201", "conflict"],
  ])("exits 2 for %s %s", async (option, value, code) => {
    const run = await runJson("calibrate", option, value);

    expect(run.code).toBe(2);
    expect(run.result.error).toMatchObject({ code, field: option });
  });
});
