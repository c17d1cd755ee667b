import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { laws } from "../../src/judging/law/laws.ts";
import { type Engine, startEngine } from "../../src/learning/engine/startEngine.ts";
import { healthyConfig } from "../claims/brokenSubjects.ts";
import { runCli, runInProcess, spawnCli } from "./runCli.ts";

let folder: string;
/** What runs where nobody names one. */
let engine: Engine;
/** Small, and hardly moving. */
const crawling = {
  model: { imageSize: 8, channels: 1, filters: [2], hiddenUnits: [4] },
  data: { examples: 20, heldOut: 5, boxSize: 2 },
  training: { steps: 20, optimizer: { learningRate: 1e-6 } },
};

/** Climbs its rungs, which take the steps they need, but has no time to learn the rest. */
const hasty = {
  subject: "dense",
  model: { inputs: 1, hidden: [{ units: 8, activation: "tanh" }] },
  data: { formula: ["x0 * x0"], inputRange: [-1, 1], examples: 60, heldOut: 20 },
  training: { steps: 1, optimizer: { name: "adam", learningRate: 0.03 } },
};

beforeAll(async () => {
  engine = await startEngine({ environment: process.env });
  folder = await mkdtemp(join(tmpdir(), "learnproof-cli-"));
  await writeFile(join(folder, "healthy.json"), JSON.stringify(healthyConfig));
  await writeFile(join(folder, "crawling.json"), JSON.stringify(crawling));
  await writeFile(join(folder, "hasty.json"), JSON.stringify(hasty));
});

afterAll(() => rm(folder, { recursive: true }));

describe("train", () => {
  test("prints one JSON object with the contract's keys and exits 0 for a network that learns", async () => {
    const { code, stdout, stderr } = await runCli(["train", "healthy.json", "--json"], folder);

    expect(code).toBe(0);
    expect(stderr).toBe("");
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      verdict: "learns",
      finalLoss: expect.any(Number),
      varianceRatio: expect.any(Number),
      nmse: result.lossOverVariance,
      lossOverVariance: expect.any(Number),
      r2: expect.any(Number),
      heldOut: { loss: expect.any(Number), varianceRatio: expect.any(Number), r2: expect.any(Number) },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      steps: 300,
      cause: null,
      engine: engine.name,
      seed: 1,
      seconds: expect.any(Number),
    });
    expect(result.r2).toBeCloseTo(1 - result.lossOverVariance, 12);
    expect(await readdir(folder)).toEqual(["crawling.json", "hasty.json", "healthy.json"]);
  });

  test("exits 1 for a network that does not learn, says why, and takes another seed", async () => {
    const { code, stdout, stderr } = await runInProcess(["train", "crawling.json", "--seed", "9"], folder);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^collapsed: it predicts a constant, whatever the input\n/);
    expect(stdout).toMatch(/after 20 steps/);
    expect(stderr).toMatch(`engine ${engine.name}: `);
  });
});

describe("many examples", () => {
  test("are announced on standard error before the first step, with --json too", async () => {
    const config = { subject: "dense", data: { examples: 50_000, heldOut: 0 }, training: { steps: 1 } };
    await writeFile(join(folder, "many.json"), JSON.stringify(config));

    const { stdout, stderr } = await runInProcess(["train", "many.json", "--json"], folder);

    expect(stderr).toContain("preparing 50000 examples");
    expect(JSON.parse(stdout)).toMatchObject({ steps: 1 });
    await rm(join(folder, "many.json"));
  });
});

describe("check", () => {
  test("prints a row for every law, writes the report and exits 0 where all hold", async () => {
    const { code, stdout } = await runInProcess(
      ["check", "healthy.json", "--json", "--report", "out.html"],
      folder,
    );

    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      verdict: "learns",
      cause: null,
      cure: null,
      engine: engine.name,
      seed: 1,
    });
    // These are asked of series, tables, frozen layers or early stopping alone, and one where outputs and targets do not fit.
    const ofOthers = [
      "targetsAreNotInputs",
      "beatsPersistence",
      "outputsFitTargets",
      "usesItsInputs",
      "frozenStays",
      "answersWhatIsAsked",
      "stopsAtItsBest",
    ];
    expect(result.laws.map(({ name }: { name: string }) => name)).toEqual(
      laws.map(({ name }) => name).filter((name) => !ofOthers.includes(name)),
    );
    for (const law of result.laws) {
      expect(law).toMatchObject({
        name: expect.any(String),
        holds: true,
        measured: expect.any(Number),
        threshold: expect.any(Number),
      });
    }
    expect(result.report).toBe(join(folder, "out.html"));
    expect(await readFile(result.report, "utf8")).toContain("<!doctype html>");
  });

  test("exits 1 and names the broken laws where one is", async () => {
    const printed = await runInProcess(["check", "hasty.json", "--report", "out.html"], folder);
    const stdout = stripVTControlCharacters(printed.stdout);

    expect(printed.code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^Checking hasty.json \\(.+\\): .+ held out, seed 1, engine ${engine.name}\n`),
    );
    expect(stdout).toMatch(/BROKEN beatsTheMean/);
    expect(stdout).toMatch(/laws broken: .*beatsTheMean/);
  });
});

describe("Ctrl-C", () => {
  test("ends a run at once and leaves no file behind", async () => {
    const endless = { ...healthyConfig, training: { ...healthyConfig.training, steps: 1_000_000 } };
    await writeFile(join(folder, "endless.json"), JSON.stringify(endless));
    const before = await readdir(folder);
    const child = spawnCli(["train", "endless.json"], folder);
    // The engine's line is printed when training begins.
    await once(child.stderr, "data");

    child.kill("SIGINT");
    const [code, signal] = await once(child, "exit");

    expect([code, signal]).toEqual([null, "SIGINT"]);
    expect(await readdir(folder)).toEqual(before);
  });
});
