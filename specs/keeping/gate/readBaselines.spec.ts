import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Baseline } from "../../../src/keeping/gate/baseline.ts";
import { readBaselines } from "../../../src/keeping/gate/readBaselines.ts";
import { madeUpBaseline, madeUpMeasurement } from "./madeUp.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-baselines-"));
  path = join(folder, "wasm", "tiny.json");
});

afterEach(() => rm(folder, { recursive: true }));

function baseline(seeds: readonly number[], config: Record<string, unknown> = {}): Baseline {
  const measurements = seeds.map((seed) => madeUpMeasurement(seed));
  const { subject: _, ...rest } = madeUpBaseline(measurements);
  return { ...rest, config };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function read(value: unknown) {
  await mkdir(join(folder, "wasm"));
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
  return readBaselines(folder, "wasm");
}

describe("baselines", () => {
  test("are none where there is no folder, and read by name where there is", async () => {
    expect(await readBaselines(folder, "wasm")).toEqual([]);
    expect(await read(baseline(upTo(48)))).toEqual([{ subject: "tiny", ...baseline(upTo(48)) }]);
  });

  test.each([48, 400])("may be of %i seeds", async (count) => {
    expect((await read(baseline(upTo(count))))[0]?.measurements).toHaveLength(count);
  });

  test.each([0, 1, 47, 401, 5_000])("are refused with %i seeds, and why is said", async (count) => {
    await expect(read(baseline(upTo(count)))).rejects.toMatchObject({
      code: "invalid-baseline",
      field: path,
      got: "must be of 48 to 400 seeds: with fewer the gate could hardly fail",
    });
  });

  test.each<[string, unknown, string]>([
    ["one seed twice", baseline([...upTo(48), 1]), "must name each seed once"],
    ["a seed beyond the greatest", baseline([...upTo(48), 3e9]), "<=2147483647"],
    ["a longer path than there can be", { ...baseline(upTo(48)), configFile: "x".repeat(5_000) }, "<=4096"],
    ["a curve that no chart can show", withCurve(10_000), "<=56"],
    ["lists that no config nests so deep", nested(200), "202 deep"],
    ["lists 20,000 deep", nested(20_000), "20002 deep"],
    [
      "more bytes than a baseline takes",
      `${JSON.stringify(baseline(upTo(48)))}${" ".repeat(4 * 1024 ** 2)}`,
      "bytes",
    ],
  ])("are refused with %s", async (_, value, got) => {
    await expect(read(value)).rejects.toMatchObject({
      code: got === "bytes" ? "too-large" : "invalid-baseline",
      field: path,
      got: expect.stringContaining(got),
    });
  });

  test.skipIf(process.platform === "win32")("that cannot be read are an error, and not none", async () => {
    await writeFile(join(folder, "cpu"), "a file where a folder should be");
    await symlink("round", join(folder, "round"));
    await mkdir(join(folder, "wasm"));
    await symlink("tiny.json", path);

    for (const [engine, field, got] of [
      ["cpu", join(folder, "cpu"), "ENOTDIR"],
      ["round", join(folder, "round"), "ELOOP"],
      ["wasm", path, "ELOOP"],
    ] as const)
      await expect(readBaselines(folder, engine)).rejects.toMatchObject({ code: "unreadable", field, got });
  });

  // Whoever may read everything is refused nothing.
  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "that one may not read are an error, and not none",
    async () => {
      await mkdir(join(folder, "wasm"), { mode: 0o000 });

      await expect(readBaselines(folder, "wasm")).rejects.toMatchObject({
        code: "unreadable",
        got: "EACCES",
      });
    },
  );

  test.skipIf(process.platform === "win32")("that are a pipe or a folder are not waited for", async () => {
    await mkdir(path, { recursive: true });
    await expect(readBaselines(folder, "wasm")).rejects.toMatchObject({
      code: "not-a-file",
      field: path,
    });

    await rm(path, { recursive: true });
    await promisify(execFile)("mkfifo", [path]);
    await expect(readBaselines(folder, "wasm")).rejects.toMatchObject({
      code: "not-a-file",
      field: path,
    });
  });
});

function withCurve(points: number): Baseline {
  const [first, ...rest] = baseline(upTo(48)).measurements;
  const curve = Array.from({ length: points }, () => 1);
  return { ...baseline([]), measurements: [{ ...(first ?? madeUpMeasurement(1)), curve }, ...rest] };
}

function nested(depth: number): string {
  return JSON.stringify(baseline(upTo(48), { q: 0 })).replace(
    '"q":0',
    `"q":${"[".repeat(depth)}${"]".repeat(depth)}`,
  );
}
