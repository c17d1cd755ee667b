import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bench } from "../../../src/lab/engines/bench.ts";
import { compareBenches, readBench } from "../../../src/lab/engines/compareBenches.ts";
import { STEP, TINY } from "../../../src/lab/engines/workload.ts";
import { builtPackage } from "../../builtPackage.ts";
import { runCli } from "../../cli/runCli.ts";

// Built, since processes that time start in a third of the time without a loader.
const dist = join(builtPackage(), "dist/lab/engines");
const { measureBoxes }: typeof import("../../../src/lab/engines/bench.ts") = await import(
  join(dist, "bench.js")
);

const box = { ...STEP, network: TINY, batch: 2 };
let folder: string;
let bench: Bench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-"));
  const rows = await measureBoxes([box, { ...box, threads: 2 }], { rounds: 1, sampleMs: 1 });
  const ratios = { ratioToStockCpu: 1, tinyToStockLayers: 1, probesToNoProbes: 1, twoProcesses: 1 };
  const stepToStockForward = { batch32: 1, batch128: 1 };
  bench = { rows, ...ratios, stepToStockForward, threads: {}, threadsAtBatch128: {} };
});
afterAll(() => rm(folder, { recursive: true }));

test("a row says on how many threads it was timed", () => {
  expect(bench.rows.map(({ threads }) => threads)).toEqual([1, 2]);
});

describe("an earlier run", () => {
  test("is read from what --json printed, and each row is laid beside the same one", async () => {
    const path = join(folder, "bench.json");
    const [one, two] = bench.rows.map((row) => ({ ...row, msPerStep: 3 * row.msPerStep }));
    await writeFile(path, JSON.stringify({ rows: [two, { ...one, batch: 4 }] }));

    const changes = compareBenches(bench, await readBench(path));

    expect(changes).toEqual([
      { row: bench.rows[1], earlierMs: two?.msPerStep, speed: expect.closeTo(3, 10) },
    ]);
  });

  test.each([
    ["no JSON", "rows", /^--against: must be torch, or a file that bench --json has printed, but .*JSON/],
    ["another JSON", '{"laws": []}', /but it has no rows of a bench \(got /],
  ])("that is %s is refused", async (_what, text, message) => {
    const path = join(folder, "other.json");
    await writeFile(path, text);

    await expect(readBench(path)).rejects.toThrow(message);
  });

  test("that is not there is refused by the command before it times anything", async () => {
    const ran = await runCli(["bench", "--against", "missing.json"], folder);

    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/--against: must be torch, or a file .*ENOENT/);
  });
});

test("PyTorch is refused in one line where Python does not run it", async () => {
  const ran = await runCli(["bench", "--against", "torch"], folder, { LEARNPROOF_PYTHON: "no-such-python" });

  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/--against: must be timed by python3, and that does not run it; .*ENOENT/);
});
