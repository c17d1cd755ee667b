import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedMeasurer } from "../../../src/keeping/gate/measureSeeds.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import type { Engine } from "../../../src/learning/engine/startEngine.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { WrittenExamples } from "../../../src/learning/subject/own/writtenExamples.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

let engine: Engine;
let folder: string;
let cache: string;

beforeAll(async () => {
  engine = await startEngineUnderTest();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-measuring-"));
  cache = join(folder, "cache");
});

afterEach(() => rm(folder, { recursive: true }));

/** @param meanwhile happens at the third training step. */
async function measure(config: Config, seeds: readonly number[], meanwhile?: () => void, ladder = true) {
  let steps = 0;
  const onProgress = ({ step }: { step: number }) => {
    if (step === 0) return;
    steps++;
    if (steps === 3) meanwhile?.();
  };
  const measureSeeds = await seedMeasurer(config, { engine, cache, all: false, onProgress });
  return {
    measurements: await measureSeeds(seeds.map((seed) => ({ seed, ladder }))),
    steps,
  };
}

const CHANGED = { code: "changed", field: "examples and initial weights" };

describe("a table", () => {
  const header = "x,y\n";
  const rows = (bend: number) =>
    Array.from({ length: 20 }, (_, x) => `${x / 20},${(x / 20) ** bend}\n`).join("");
  let file: string;
  const config = () =>
    parseConfig({ subject: "table", data: { file, targets: ["y"] }, training: { steps: 5 } });

  beforeEach(async () => {
    file = join(folder, "table.csv");
    await writeFile(file, header + rows(1));
  });

  test("that stays is measured, and found in the cache the next time", async () => {
    const first = await measure(config(), [1, 2]);
    const second = await measure(config(), [1, 2]);

    expect(first.steps).toBeGreaterThan(10);
    expect(second).toEqual({ measurements: first.measurements, steps: 0 });
  });

  test.each([
    ["other numbers", () => header + rows(2)],
    ["fewer rows", () => `${header}1,2\n3,4\n5,6\n`],
    ["other columns", () => `a,b\n${rows(1)}`],
    ["nothing", () => ""],
  ])("that holds %s once it is being measured is refused, and nothing is kept", async (_, text) => {
    const change = () => writeFileSync(file, text());

    await expect(measure(config(), [1, 2], change)).rejects.toMatchObject(CHANGED);
    expect(await readdir(folder)).not.toContain("cache");
  });

  test("that changed since its config was read is refused", async () => {
    const before = config();
    await writeFile(file, header + rows(2));

    await expect(measure(before, [1])).rejects.toMatchObject(CHANGED);
  });
});

describe("a saved model", () => {
  test("whose weights change while it is measured is refused", async () => {
    await cp("fixtures/tables/houses.csv", join(folder, "houses.csv"));
    const model = join(folder, "model.json");
    const weights = join(folder, "weights.bin");
    await saveModel(model, weights);
    const config = parseConfig({
      subject: "saved-model",
      model: { file: model, initialWeights: "saved" },
      data: {
        file: join(folder, "houses.csv"),
        targets: ["price"],
        inputs: ["rooms", "age", "garden"],
        examples: 20,
      },
      training: { steps: 5 },
    });
    const change = () => {
      const bytes = readFileSync(weights);
      bytes.writeFloatLE(0.5, 0);
      writeFileSync(weights, bytes);
    };

    await expect(measure(config, [1], change)).rejects.toMatchObject(CHANGED);
  });
});

async function saveModel(path: string, weights: string): Promise<void> {
  const model = sequential({
    layers: [layers.dense({ inputShape: [3], units: 4 }), layers.dense({ units: 1 })],
  });
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      await writeFile(weights, Buffer.from(weightData as ArrayBuffer));
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      await writeFile(path, JSON.stringify({ modelTopology, format: "layers-model", weightsManifest }));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } };
    },
  });
  model.dispose();
}

describe("a subject of one's own", () => {
  const points = (bend: number): WrittenExamples => {
    const inputs = Array.from({ length: 16 }, (_, x) => [x / 16]);
    return { inputs, targets: inputs.map(([x]) => (x as number) ** bend) };
  };

  function own(examples: (seed: number) => WrittenExamples): Config {
    return defineSubject({
      name: "measured",
      buildModel: () =>
        sequential({ layers: [layers.dense({ inputShape: [1], units: 4 }), layers.dense({ units: 1 })] }),
      examples: ({ seed }) => examples(seed),
      data: { examples: 16, heldOut: 0 },
      training: { steps: 5 },
    }).config();
  }

  test("that reads a file is measured anew once the file is another, and found in the cache while it stays", async () => {
    const file = join(folder, "data.json");
    const write = (bend: number) => writeFile(file, JSON.stringify(points(bend)));
    const config = own(() => JSON.parse(readFileSync(file, "utf8")));
    await write(1);
    const one = await measure(config, [1]);
    await write(2);

    const two = await measure(config, [1]);
    const again = await measure(config, [1]);

    expect(two.steps).toBeGreaterThan(10);
    expect(two.measurements).not.toEqual(one.measurements);
    expect(again).toEqual({ measurements: two.measurements, steps: 0 });
  });

  test("whose file changes while it is measured is refused", async () => {
    const file = join(folder, "data.json");
    writeFileSync(file, JSON.stringify(points(1)));
    const config = own(() => JSON.parse(readFileSync(file, "utf8")));

    await expect(
      measure(config, [1], () => writeFileSync(file, JSON.stringify(points(2)))),
    ).rejects.toMatchObject(CHANGED);
    expect(await readdir(folder)).not.toContain("cache");
  });

  test("that draws other examples each time is refused", async () => {
    let calls = 0;

    await expect(
      measure(
        own(() => points(1 + calls++)),
        [1],
      ),
    ).rejects.toMatchObject({
      ...CHANGED,
      got: "other ones from seed 1",
    });
  });

  test("is found in the cache by what it gives, whatever else the cache says", async () => {
    const config = own((seed) => points(seed));
    const first = await measure(config, [1, 2]);
    const [entry] = await readdir(cache);
    const path = join(cache, entry as string);
    const kept = JSON.parse(await readFile(path, "utf8"));
    [kept.kept[0].begun, kept.kept[1].begun] = [kept.kept[1].begun, kept.kept[0].begun];
    await writeFile(path, JSON.stringify(kept));

    const second = await measure(config, [1, 2]);

    expect(second).toEqual(first);
  });
});
