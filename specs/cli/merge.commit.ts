// What one machine prints, several print together: the same but for the seconds.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { type CliResult, runInProcess } from "./runCli.ts";

let folder: string;

const run = (...args: string[]) => runInProcess([...args, "--engine", "wasm"], folder);
const merge = (...args: string[]) => runInProcess(["merge", ...args], folder);
const timeless = (printed: string) => ({ ...JSON.parse(printed), seconds: null });

/** Changes a blob, and puts it into a folder of its own with the rest of the parts. */
async function spoil(parts: string, change: (text: string) => string): Promise<string> {
  const spoilt = await mkdtemp(join(folder, "spoilt-"));
  await cp(join(folder, parts), spoilt, { recursive: true });
  const path = join(spoilt, "2.json");
  await writeFile(path, change(await readFile(path, "utf8")));
  return spoilt;
}

const edit =
  (change: (blob: Record<string, unknown> & { asked: object; versions: object }) => object) =>
  (text: string) =>
    JSON.stringify(change(JSON.parse(text)));

async function expectRefused(parts: string, message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await merge(parts);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-merge-spec-"));
  for (const name of ["gate", "calibrate", "lone"]) await mkdir(join(folder, name));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the parts of a gate", () => {
  /** Named against the alphabet, so that the order is the gate's own. */
  const GATE = ["gate", "c.json", "b.json", "a.json"] as const;
  let whole: CliResult;
  let codes: number[];

  beforeAll(async () => {
    for (const [name, learningRate] of Object.entries({ a: 0.02, b: 0.03, c: 0.025 }))
      await writeFile(join(folder, `${name}.json`), JSON.stringify(tinyConfig({ learningRate })));
    const updated = await run(...GATE, "--update", "--seeds", "24");
    expect(updated.code, updated.stderr).toBe(0);
    // One of them learns no longer.
    await writeFile(join(folder, "b.json"), JSON.stringify(tinyConfig({ kernelInitializer: "zeros" })));
    whole = await run(...GATE, "--json", "--capsules", "kept");
    codes = [];
    for (const part of [1, 2]) {
      const shard = ["--shard", `${part}/2`, "--blob", `gate/${part}.json`];
      codes.push((await run(...GATE, "--capsules", "kept", ...shard)).code);
    }
  });

  test("are told as one machine tells the whole, as JSON and as text, and by its exit code", async () => {
    const asText = await run(...GATE, "--capsules", "kept");
    const summary = await readFile(join(folder, "learnproof-gate.md"), "utf8");

    const merged = await merge("gate", "--json");
    const mergedText = await merge("gate");

    expect(codes).toEqual([0, 1]);
    expect([whole.code, merged.code, mergedText.code]).toEqual([1, 1, 1]);
    expect(timeless(merged.stdout)).toEqual(timeless(whole.stdout));
    expect(Object.keys(JSON.parse(merged.stdout))).toEqual(Object.keys(JSON.parse(whole.stdout)));
    expect(JSON.parse(merged.stdout).capsules).toHaveLength(1);
    expect(mergedText.stdout).toBe(asText.stdout);
    expect(await readFile(join(folder, "learnproof-gate.md"), "utf8")).toBe(summary);
  });

  test("are refused where one is missing, is there twice, or was cut off", async () => {
    const missing = await mkdtemp(join(folder, "missing-"));
    await cp(join(folder, "gate/1.json"), join(missing, "1.json"));
    const twice = await mkdtemp(join(folder, "twice-"));
    await cp(join(folder, "gate"), twice, { recursive: true });
    await cp(join(folder, "gate/2.json"), join(twice, "again.json"));

    await expectRefused(missing, /must hold part 2\/2; .* \(got "?1 of 2 parts/);
    await expectRefused(twice, /must not be part 2\/2 again/);
    await expectRefused(await spoil("gate", (text) => text.slice(0, -100)), /2\.json: must be valid JSON/);
    await expectRefused(await spoil("gate", () => ""), /2\.json: must hold a blob/);
    await expectRefused(join(folder, "nowhere"), /must be a folder with the blobs/);
    await expectRefused(join(folder, "lone"), /must hold the blobs that --blob wrote/);
  });

  test.each([
    ["options", { falseAlarms: 0.01 }, /2\.json: must be of the same falseAlarms as .*1\.json/],
    ["configs", { configs: "0" }, /must be of the same configs/],
    ["seed", { seed: 7 }, /must be of the same seed/],
  ])("are refused where one is of other %s", async (_what, asked, message) => {
    const spoilt = await spoil(
      "gate",
      edit((blob) => ({ ...blob, asked: { ...blob.asked, ...asked } })),
    );
    await expectRefused(spoilt, message);
  });

  test("are refused where one is of another version, other code, engine, command or form", async () => {
    const refused = async (change: Parameters<typeof edit>[0], message: RegExp) =>
      expectRefused(await spoil("gate", edit(change)), message);

    await refused(
      ({ versions, ...blob }) => ({ ...blob, versions: { ...versions, node: "v1.0.0" } }),
      /the same version of node, v/,
    );
    await refused((blob) => ({ ...blob, code: "another" }), /the same code of learnproof as is here/);
    await refused((blob) => ({ ...blob, engine: "cpu" }), /of the same engine as/);
    await refused((blob) => ({ ...blob, kind: "calibrate" }), /of the same command as/);
    await refused((blob) => ({ ...blob, form: 2 }), /must be a blob that this version's --blob wrote/);
    await refused((blob) => ({ ...blob, of: 3 }), /the same number of parts/);
    await refused((blob) => ({ ...blob, found: {} }), /must be a whole blob/);
    await refused(
      (blob) => ({ ...blob, found: { measured: [], kept: [], unchanged: [] } }),
      /must hold each subject of the gate once/,
    );
  });

  test("are refused beside another baseline than they were measured for, and over what merge reads", async () => {
    const path = join(folder, "fixtures/baselines/wasm/a.json");
    const kept = await readFile(path, "utf8");
    await writeFile(path, kept.replace('"reason": "', '"reason": "not '));
    await expectRefused("gate", /must be measured for the baseline of a that lies here/);
    await writeFile(path, kept);

    const over = await merge("gate", "--junit", "gate/1.json");
    expect(over.code).toBe(2);
    expect(over.stderr).toContain("--junit: must not be written over gate/1.json");
  });
});

describe("the parts of a calibration", () => {
  const CALIBRATE = ["calibrate", "--healthy", "2", "--mutated", "0", "--seed", "5"] as const;

  test("are told as one machine tells the whole; a missing one, another kind and its options are refused", async () => {
    const whole = await run(...CALIBRATE, "--json");
    for (const part of [1, 2]) {
      const { code, stdout } = await run(
        ...CALIBRATE,
        "--shard",
        `${part}/2`,
        "--blob",
        `calibrate/${part}.json`,
      );
      expect(code).toBe(0);
      expect(stdout).toContain(`Part ${part}/2: 1 subject is judged`);
    }

    const merged = await merge("calibrate", "--json");

    expect(merged.code).toBe(whole.code);
    expect(timeless(merged.stdout)).toEqual(timeless(whole.stdout));
    expect(JSON.parse(merged.stdout)).toMatchObject({ healthy: 2, mutants: 0, engine: "wasm" });
    expect((await merge("calibrate")).stdout).toMatch(/^Caught 0 of 0 harmful mutants .* of 2 healthy/);
    await cp(join(folder, "calibrate/2.json"), join(folder, "lone/2.json"));
    await expectRefused("lone", /must hold part 1\/2; /);
    const short = await spoil(
      "calibrate",
      edit((blob) => ({ ...blob, found: [] })),
    );
    await expectRefused(short, /must hold what was found of 1 of the subjects/);
    const foreign = await merge("calibrate", "--junit", "junit.xml");
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining("--junit: belongs to")]);
  });

  test.each([
    [["--shard", "1/2"], "--shard: needs --blob"],
    [["--shard", "3/2", "--blob", "part.json"], "--shard: must be a part"],
    [["--blob", "part.txt"], "--blob: must end in .json"],
  ])("are asked for rightly: %s", async (args, message) => {
    const { code, stderr } = await run(...CALIBRATE, ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
