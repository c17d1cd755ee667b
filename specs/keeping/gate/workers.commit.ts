import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedMeasurer } from "../../../src/keeping/gate/measureSeeds.ts";
import { openSeedThreads, type SeedThreads } from "../../../src/keeping/gate/seedThreads.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";
import { tinyConfig } from "./tinyConfig.ts";

/** The ladder is climbed from one seed of the quickest subject. */
const seedsOf = (config: Config) =>
  [3, 1, 2].map((seed) => ({ seed, ladder: seed === 3 && config.subject === "dense" }));

let engine: Engine;
let folder: string;
let threads: SeedThreads;

beforeAll(async () => {
  engine = await startEngine({ name: "wasm" });
  folder = await mkdtemp(join(tmpdir(), "learnproof-threads-"));
  const rows = Array.from({ length: 40 }, (_, x) => `${x / 40},${(x / 40) ** 2}\n`);
  await writeFile(join(folder, "table.csv"), `x,y\n${rows.join("")}`);
  threads = openSeedThreads(2, true) as SeedThreads;
});
afterAll(async () => {
  await threads.close();
  await rm(folder, { recursive: true });
});

async function measure(
  config: Config,
  cache: string,
  how: { threads: SeedThreads | null; signal?: AbortSignal },
) {
  const steps: number[] = [];
  const onProgress = ({ step }: { step: number }) => steps.push(step);
  const measureSeeds = await seedMeasurer(config, {
    engine,
    cache: join(folder, cache),
    all: false,
    onProgress,
    ...how,
  });
  return { measurements: await measureSeeds(seedsOf(config)), steps };
}

describe("the seeds of a gate", () => {
  test.each([
    ["dense", () => tinyConfig()],
    [
      "table",
      () => ({
        subject: "table",
        data: { file: join(folder, "table.csv"), targets: ["y"] },
        training: { steps: 5 },
      }),
    ],
    [
      "box-regression",
      () => ({ subject: "box-regression", data: { examples: 20, heldOut: 10 }, training: { steps: 3 } }),
    ],
  ])("measure the same on one thread and on two: %s", async (name, written) => {
    const config = parseConfig(written());

    const alone = await measure(config, `${name}-one`, { threads: null });
    const shared = await measure(config, `${name}-two`, { threads });
    const again = await measure(config, `${name}-two`, { threads });

    expect(shared.measurements).toEqual(alone.measurements);
    expect(shared.measurements.map(({ seed }) => seed)).toEqual([3, 1, 2]);
    // The twin: the calling thread trained alone, and only heard of each seed where others trained.
    expect(alone.steps.length).toBeGreaterThan(3);
    expect(shared.steps).toHaveLength(3);
    expect(again).toEqual({ measurements: shared.measurements, steps: [] });
  });

  test("end with the signal's reason", async () => {
    const config = parseConfig(tinyConfig());
    const signal = AbortSignal.abort(new Error("enough"));

    await expect(measure(config, "ended", { threads, signal })).rejects.toThrow("enough");
  });
});

test("one worker is the calling thread", () => {
  expect(openSeedThreads(1, true)).toBeNull();
});
