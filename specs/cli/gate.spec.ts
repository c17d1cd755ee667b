import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { BASELINE, type GateFolder, makeGateFolder, REASON, runaway, UPDATE } from "./gateFolder.ts";
import { runInProcess } from "./runCli.ts";

let folder: string;
let baseline: string;
let configure: GateFolder["configure"];

beforeAll(async () => {
  vi.stubEnv("GITHUB_ACTIONS", "");
  ({ folder, baseline, configure } = await makeGateFolder());
});

beforeEach(async () => {
  await configure(tinyConfig());
  await writeFile(join(folder, BASELINE), baseline);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function gate(...args: string[]) {
  const { code, stdout, stderr } = await runInProcess(
    ["gate", "--json", "--engine", "wasm", ...args],
    folder,
  );
  return { code, stderr, result: JSON.parse(stdout) };
}

describe("gate --update", () => {
  test("writes a baseline of twice a gate's seeds that holds what was measured and why, and leaves nothing else", async () => {
    const { config, configFile, engine, measurements, reason, floor } = JSON.parse(baseline);

    expect({ reason, floor }).toMatchObject({ reason: "first baseline", floor: { ratio: 1.25 } });

    expect({ configFile, engine }).toEqual({ configFile: "tiny.json", engine: "wasm" });
    expect(config.training.optimizer).toMatchObject({ name: "adam", learningRate: 0.02, beta1: 0.9 });
    expect(measurements.map(({ seed }: { seed: number }) => seed)).toEqual(
      Array.from({ length: 48 }, (_, index) => index + 1),
    );
    for (const measurement of measurements) {
      expect(measurement).toMatchObject({
        verdict: "learns",
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(measurement.finalLoss).toBeLessThan(0.2);
      expect(measurement.varianceRatio).toBeGreaterThan(0.5);
    }
    expect(await readdir(join(folder, "fixtures", "baselines", "wasm"))).toEqual(["tiny.json"]);
    expect((await readdir(folder)).toSorted()).toEqual([
      "fixtures",
      "learnproof-gate.md",
      "node_modules",
      "tiny.json",
    ]);
  });

  test("takes no more seeds than there is time for, says what gates will find, and takes as many as it is told", async () => {
    const written = async () => JSON.parse(await readFile(join(folder, BASELINE), "utf8")).measurements;

    const hurried = await gate("--update", ...REASON, "--minutes", "0.000000001");
    expect(hurried.code).toBe(0);
    expect(await written()).toHaveLength(48);
    expect(hurried.result.power).toContainEqual(
      expect.objectContaining({ metric: "finalLoss", probability: 0.9, seeds: 24 }),
    );

    const told = [
      "gate",
      "--update",
      ...REASON,
      "--minutes",
      "0.000000001",
      "--seeds",
      "26",
      "--engine",
      "wasm",
    ];
    const { code, stdout } = await runInProcess(told, folder);
    expect(code).toBe(0);
    expect(await written()).toHaveLength(52);
    expect(stripVTControlCharacters(stdout)).toMatch(
      /^tiny: a gate of 26 seeds finds final loss \/ Var\(Y\) × [\d.]+ and held-out error \/ Var\(Y\) × [\d.]+, each with 90 % probability$/m,
    );
    expect(await readFile(join(folder, "learnproof-gate.md"), "utf8")).toContain("a gate of 26 seeds finds");
  });

  test("refuses a baseline that is worse, shows the difference, and leaves the old one", async () => {
    await configure(runaway());

    const { code, result } = await gate(...UPDATE, ...REASON);

    expect({ code, passed: result.passed, updated: result.updated }).toEqual({
      code: 1,
      passed: false,
      updated: false,
    });
    expect(result.changes).toContainEqual(
      expect.objectContaining({ subject: "tiny", metric: "learns", baseline: 1, now: 0, regressed: true }),
    );
    expect(await readFile(join(folder, BASELINE), "utf8")).toBe(baseline);
  });

  test("takes one that is worse with --accept-worse and keeps the reason, and then the gate holds", async () => {
    await configure(runaway());

    const updated = await gate(...UPDATE, ...REASON, "--accept-worse");
    const after = await gate();

    expect(updated).toMatchObject({ code: 0, result: { passed: true, updated: true } });
    expect(updated.stderr).toContain('"tiny": only 0 of 48 seeds learn, so its baseline guards less');
    expect(JSON.parse(await readFile(join(folder, BASELINE), "utf8"))).toMatchObject({
      reason: "to see what happens",
      acceptedWorse: true,
    });
    expect(after).toMatchObject({ code: 0, result: { passed: true, changes: [] } });
    expect(after.stderr).toContain(
      '"tiny": in its baseline only 0 of 48 seeds learn, so the gate can hardly fail',
    );
  });

  test("keeps another floor with its reason, also when the baseline is replaced later", async () => {
    const floorOf = async () => JSON.parse(await readFile(join(folder, BASELINE), "utf8")).floor;

    await gate(...UPDATE, "--floor", "1.5", "--reason", "prices are rounded to a tenth");
    const set = await floorOf();
    await gate(...UPDATE, ...REASON);

    expect(set).toEqual({ ratio: 1.5, reason: "prices are rounded to a tenth" });
    expect(await floorOf()).toEqual(set);
  });

  test.each([
    ["without a reason", ["--update"], "--reason"],
    ["with a reason that is a story", ["--update", "--reason", "x".repeat(501)], "--reason"],
    ["with a floor that is none", ["--update", ...REASON, "--floor", "1"], "--floor"],
    ["of too few seeds", ["--update", ...REASON, "--seeds", "23"], "--seeds"],
    ["that is accepted as worse without --update", ["--accept-worse"], "--accept-worse"],
    ["with a false alarm in every gate", ["--false-alarms", "1"], "--false-alarms"],
  ])("refuses a baseline %s, and writes nothing", async (_, args, field) => {
    const { code, result } = await gate(...args);

    expect(code).toBe(2);
    expect(result.error.field).toBe(field);
    expect(await readFile(join(folder, BASELINE), "utf8")).toBe(baseline);
  });
});

describe("gate", () => {
  test("holds where nothing changed, says so in words, and writes a summary", async () => {
    const { code, stdout, stderr } = await runInProcess(["gate", "--engine", "wasm"], folder);

    expect(code).toBe(0);
    expect(stderr).not.toContain("hardly fail");
    expect(stripVTControlCharacters(stdout)).toMatchInlineSnapshot(`
      "The gate holds: 1 subject learns as it did, on wasm.
      ┌───────┬─────────┬────────────────────┬───────────┐
      │       │ subject │ now                │ config    │
      │ holds │ tiny    │ 6 of 6 seeds learn │ tiny.json │
      └───────┴─────────┴────────────────────┴───────────┘
      ┌───────┬─────────┬───────────────────────────────────────┬──────────┬─────────┬──────────────┬───────────────┬───────────┬───────┬────────────┐
      │       │ subject │ what                                  │ baseline │     now │ times as bad │ 95 % interval │ by chance │ seeds │ would find │
      │ holds │ tiny    │ share of seeds that learn             │        1 │       1 │              │               │ p = 1     │     6 │  53 % lost │
      │ holds │ tiny    │ steps to overfit one example          │     11.9 │    11.9 │            1 │ 1 to 1        │ p = 1     │     6 │     × 4.19 │
      │ holds │ tiny    │ examples memorised up the ladder      │       20 │      20 │            1 │ 1 to 1        │ p = 1     │     6 │     × 1.12 │
      │ holds │ tiny    │ share of the width needed             │   0.0625 │  0.0625 │            1 │ 1 to 1        │ p = 1     │     6 │     × 1.12 │
      │ holds │ tiny    │ final loss / Var(Y)                   │  0.00114 │ 0.00114 │            1 │ 1 to 1        │ p = 1     │     6 │     × 2.33 │
      │ holds │ tiny    │ distance of the variance ratio from 1 │   0.0184 │  0.0184 │            1 │ 1 to 1        │ p = 1     │     6 │      × 6.4 │
      │ holds │ tiny    │ held-out error / Var(Y)               │  0.00125 │ 0.00125 │            1 │ 1 to 1        │ p = 1     │     6 │     × 3.31 │
      └───────┴─────────┴───────────────────────────────────────┴──────────┴─────────┴──────────────┴───────────────┴───────────┴───────┴────────────┘
      "Would find": the change that is found with 90 % probability. A gate in which nothing got worse fails at most once in 10000 gates, all subjects, metrics and looks together.
      "
    `);
    const summary = await readFile(join(folder, "learnproof-gate.md"), "utf8");
    expect(summary).toMatch(/^## ✅ The gate holds.*\n\n\| verdict \| subject/);
    expect(summary).toContain("6 of 6 seeds learn");
  });

  test("holds for seeds that the baseline never saw: that is noise", async () => {
    const { code, result } = await gate("--seed", "50");

    expect(code).toBe(0);
    expect(result).toMatchObject({
      passed: true,
      engine: "wasm",
      seconds: expect.any(Number),
      falseAlarms: 1e-4,
    });
    expect(result.power).toContainEqual({
      subject: "tiny",
      metric: "finalLoss",
      unit: "ratio",
      detects: expect.any(Number),
      probability: 0.9,
      seeds: 24,
    });
    expect(result.changes.filter(({ regressed }: { regressed: boolean }) => regressed)).toEqual([]);
    expect(result.subjects[0].seeds[0]).toBe(50);
  });

  test.each([
    ["a step size that is too large", { learningRate: 10 }, "training.optimizer.learningRate"],
    ["weights that begin at zero", { kernelInitializer: "zeros" }, "model.kernelInitializer"],
  ])("fails for %s, names the field, and leaves the baseline as it was", async (_, changes, field) => {
    await configure(tinyConfig(changes));

    const { code, result } = await gate();

    expect(code).toBe(1);
    expect(result.passed).toBe(false);
    const metrics = result.changes.filter((change: { regressed: boolean }) => change.regressed);
    expect(metrics.map(({ metric }: { metric: string }) => metric)).toEqual(
      expect.arrayContaining(["learns", "finalLoss", "varianceRatio", "heldOutError"]),
    );
    expect(result.subjects[0].configChanges).toMatchObject([{ field }]);
    expect(await readFile(join(folder, BASELINE), "utf8")).toBe(baseline);
  });

  test("reports an improvement and holds", async () => {
    await configure(runaway());
    await gate(...UPDATE, ...REASON, "--accept-worse");
    await configure(tinyConfig());

    const { code, result } = await gate();

    expect(code).toBe(0);
    expect(result.changes).toContainEqual(
      expect.objectContaining({ metric: "finalLoss", regressed: false, kind: "improved", suspicious: true }),
    );
  });

  test("gives notice of a digest that changed while every measurement holds", async () => {
    await configure(tinyConfig({ learningRate: 0.02001 }));

    const { code, result } = await gate();

    expect(code).toBe(0);
    expect(result.changes).toEqual([
      {
        subject: "tiny",
        metric: "digest",
        regressed: false,
        kind: "notice",
        baseline: expect.stringMatching(/^[0-9a-f]{64}$/),
        now: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test("takes what it measured before from the cache, and measures again with --all", async () => {
    const cache = join(folder, "poisoned");
    await gate();
    await cp(join(folder, "node_modules", ".cache", "learnproof"), cache, { recursive: true });
    for (const entry of await readdir(cache)) {
      const path = join(cache, entry);
      await writeFile(path, (await readFile(path, "utf8")).replaceAll('"learns"', '"stalled"'));
    }

    const cached = await gate("--cache", cache);
    const measured = await gate("--cache", cache, "--all");

    expect(cached).toMatchObject({ code: 1, result: { passed: false } });
    expect(measured).toMatchObject({ code: 0, result: { passed: true, changes: [] } });
  });
});

describe("gate, of what it cannot judge,", () => {
  test("asks for a baseline where there is none, and writes nothing", async () => {
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "tiny.json"), "{}");

    const none = await runInProcess(["gate", "--json", "--engine", "wasm"], elsewhere);
    const unknown = await runInProcess(["gate", "tiny.json", "--json", "--engine", "wasm"], elsewhere);

    expect([none.code, unknown.code]).toEqual([2, 2]);
    expect(JSON.parse(none.stdout).error).toMatchObject({ code: "no-baseline" });
    expect(JSON.parse(unknown.stdout).error).toMatchObject({ code: "no-baseline", field: "tiny.json" });
    expect(await readdir(elsewhere)).toEqual(["tiny.json"]);
    await rm(elsewhere, { recursive: true });
  });

  test.each([
    ["no JSON", () => "{"],
    ["truncated", () => baseline.slice(0, baseline.length / 2)],
    ["empty, as a crash may leave a file", () => ""],
    ["of another version", () => baseline.replace('"version": 2', '"version": 1')],
    ["of one seed", () => baseline.replace(/,\n {4}\{"seed":2.*/s, "\n  ]\n}\n")],
  ])("refuses a baseline that is %s, by its name, and leaves it as it is", async (_, spoil) => {
    await writeFile(join(folder, BASELINE), spoil());

    const { code, result } = await gate();
    const updated = await gate(...UPDATE, ...REASON);

    expect([code, updated.code]).toEqual([2, 2]);
    expect(result.error).toMatchObject({ code: "invalid-baseline", field: BASELINE });
    expect(await readFile(join(folder, BASELINE), "utf8")).toBe(spoil());
  });

  test("asks for the new name of a config that was renamed, and then measures it against the same baseline", async () => {
    await rename(join(folder, "tiny.json"), join(folder, "wide.json"));

    const whole = await gate();
    const named = await gate("wide.json");
    await writeFile(join(folder, BASELINE), baseline.replace("tiny.json", "wide.json"));
    const told = await gate();
    await rm(join(folder, "wide.json"));

    expect([whole.code, named.code, told.code]).toEqual([2, 2, 0]);
    expect(whole.result.error).toMatchObject({ code: "no-such-file", field: "tiny.json" });
    expect(whole.result.error.message).toContain(`${BASELINE} is its baseline`);
    expect(named.result.error).toMatchObject({ code: "no-baseline", field: "wide.json" });
    expect(named.result.error.message).toContain(`into ${BASELINE}`);
    expect(told.result.subjects).toMatchObject([{ subject: "tiny", config: "wide.json" }]);
  });

  test("refuses the baseline of another engine in the folder of this one", async () => {
    await writeFile(join(folder, BASELINE), baseline.replace('"engine": "wasm"', '"engine": "cpu"'));

    const { code, result } = await gate();

    expect(code).toBe(2);
    expect(result.error).toMatchObject({ code: "invalid-baseline", field: BASELINE, got: "cpu" });
  });

  test("names the config and the field that are bad input", async () => {
    await configure({ training: { steps: 0 } });

    const { code, result } = await gate();

    expect(code).toBe(2);
    expect(result.error).toMatchObject({ field: "tiny.json: training.steps", got: 0 });
    expect(result.error.message).toMatch(/^tiny\.json: training\.steps: must be .* \(got 0\)$/);
  });
});
