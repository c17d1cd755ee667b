import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runInProcess } from "./runCli.ts";

const CONFIG = {
  subject: "dense",
  model: { inputs: 1, hidden: [{ units: 8, activation: "tanh" }] },
  data: { formula: ["x0 * x0"], inputRange: [-1, 1], examples: 60, heldOut: 20 },
  training: { optimizer: { name: "adam", learningRate: 0.03 }, steps: 300 },
};
const TRAINS = [
  "check",
  "init",
  "train",
  "gate",
  "bisect",
  "ladder",
  "report",
  "record",
  "replay",
  "engines",
  "calibrate",
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-options-"));
  await writeFile(join(folder, "my.json"), JSON.stringify(CONFIG));
  const { code } = await runInProcess(["record", "my.json", "--out", "capsule.json"], folder);
  expect(code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

const check = (what: string, ...args: string[]) =>
  runInProcess(["check", what, "--report", join(folder, "report.html"), ...args], folder);

test.each(TRAINS)("%s takes what every command takes that trains", (name) => {
  const command = commands.find(({ usage }) => usage.split(" ")[0] === name);
  const flags = command?.options.map(({ flag }) => flag.split(" ")[0]);

  expect(flags).toEqual(
    expect.arrayContaining(["--engine", "--threads", "--budget", "--quiet", "--verbose", "--open"]),
  );
});

describe("--budget", () => {
  const spent = "--budget: is spent before the command was done";

  test.each([
    ["train", ["train", "my.json"]],
    ["ladder", ["ladder", "my.json"]],
    ["ladder --alpha", ["ladder", "alpha.json", "--alpha"]],
    ["record", ["record", "my.json", "--out", "never.json"]],
    ["replay", ["replay", "capsule.json"]],
    ["report", ["report", "my.json", "--out", "never.html"]],
    ["gate --update", ["gate", "my.json", "--update", "--baselines", "never"]],
    ["engines", ["engines", "my.json", "--engine", "wasm"]],
    ["calibrate", ["calibrate", "--healthy", "1", "--mutated", "1"]],
  ])(
    "ends %s with exit code 2 and leaves nothing behind, since half a result says nothing",
    async (_title, args) => {
      const alpha = { ...CONFIG, training: { ...CONFIG.training, loss: { name: "mse+msle" } } };
      await writeFile(join(folder, "alpha.json"), JSON.stringify(alpha));

      const { code, stdout, stderr } = await runInProcess([...args, "--budget", "0.001s"], folder);

      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(spent);
      for (const file of ["never.json", "never.html", "never"])
        expect(existsSync(join(folder, file))).toBe(false);
    },
  );

  test("changes nothing where it lasts: the twin", async () => {
    const [bound, free] = [await train("--budget", "10m"), await train()];

    expect(bound.code).toBe(0);
    expect(digestOf(bound.stdout)).toBe(digestOf(free.stdout));
  });

  test("leaves check with exit code 2 and the whole result where the run is unfinished", async () => {
    const { code, stdout } = await check("my.json", "--budget", "0.001s", "--json");

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "unfinished",
      holds: false,
      cause: null,
      run: { cutShort: true, steps: 1 },
      notes: [
        expect.stringMatching(/^Judged on 1 of 300 steps: .* --budget \d+[smh] would let it finish\.$/),
      ],
    });
    const { stdout: text } = await check("my.json", "--budget", "0.001s");
    expect(text).toMatch(
      /\nunfinished: .*\nAll \d+ laws that could be judged hold\.\nJudged on 1 of 300 steps/,
    );
  });

  test.each([
    ["with 1 where a fault stands whatever more steps do", "relu", "0.001s", 1],
    ["with 0 where the time lasts", "linear", "10m", 0],
  ])("leaves check %s: the twin", async (_title, outputActivation, budget, wanted) => {
    const model = { ...CONFIG.model, outputActivation };
    const data = { ...CONFIG.data, formula: ["x0 * x0 - 0.5"] };
    await writeFile(join(folder, "other.json"), JSON.stringify({ ...CONFIG, model, data }));

    expect((await check("other.json", "--budget", budget)).code).toBe(wanted);
  });

  test.each(["0s", "soon"])("refuses %s", async (time) => {
    expect(await train("--budget", time)).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("--quiet", () => {
  test.each([
    ["train", ["train", "my.json"]],
    ["ladder", ["ladder", "my.json"]],
    ["record", ["record", "my.json", "--out", "quiet.json"]],
    ["replay", ["replay", "capsule.json"]],
    ["check", ["check", "my.json"]],
  ])("lets %s print the outcome in one line, and nothing else", async (_title, args) => {
    const { stdout, stderr } = await runInProcess([...args, "--quiet"], folder);

    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(stderr).toBe("");
  });
});

describe("--verbose", () => {
  test("prints the whole config as it was run", async () => {
    const { stderr } = await train("--verbose", "--seed", "7");

    expect(stderr).toMatch(/the whole config: \{"subject":"dense","seed":7,.*"batchSize":32/);
    expect((await train()).stderr).not.toContain("the whole config");
  });
});

describe("--open", () => {
  test("says which command shows the run, where this one writes no page", async () => {
    const { code, stderr } = await runInProcess(["replay", "capsule.json", "--open"], folder);

    expect(code).toBe(0);
    expect(stderr).toContain("this command writes no page; learnproof report CAPSULE --open does");
  });
});

test("train writes a page of its run where it is asked for one", async () => {
  expect((await train()).stdout).not.toContain("Report:");

  const { code, stdout } = await train("--report", "my-page.html");

  expect(code).toBe(0);
  expect(stdout).toContain(`Report: ${join(folder, "my-page.html")}`);
  expect(await readFile(join(folder, "my-page.html"), "utf8")).toContain("my.json");
});

function train(...args: readonly string[]) {
  return runInProcess(["train", "my.json", ...args], folder);
}

function digestOf(text: string): string | undefined {
  return /digest\s+([0-9a-f]{64})/.exec(text)?.[1];
}
