// The gate over tables, saved models, and a program that Keras trains: gateWhats.commit.ts has the others.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { makeProject } from "./projectFolder.ts";
import { runCli } from "./runCli.ts";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

let folder: string;

beforeAll(async () => {
  vi.stubEnv("GITHUB_ACTIONS", "");
  folder = await makeProject();
  await startEngine({ name: "wasm", environment: {} });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function gate(...args: string[]) {
  const { code, stdout, stderr } = await runCli(["gate", "--json", "--engine", "wasm", ...args], folder);
  return { code, stderr, result: JSON.parse(stdout) };
}

const UPDATE = ["--update", "--seeds", "24"];

async function saveModel(into: string): Promise<void> {
  const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 1 })] });
  await mkdir(into);
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      await writeFile(join(into, "weights.bin"), Buffer.from(weightData as ArrayBuffer));
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      const json = { modelTopology, format: "layers-model", weightsManifest };
      await writeFile(join(into, "model.json"), JSON.stringify(json));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } };
    },
  });
  model.dispose();
}

async function baselineOf(name: string) {
  return JSON.parse(await readFile(join(folder, "fixtures", "baselines", "wasm", `${name}.json`), "utf8"));
}

/** Forgets every baseline, so that a gate without a name means one alone. */
const forget = () => rm(join(folder, "fixtures"), { recursive: true, force: true });

describe("the gate takes", () => {
  test("a table with its target, which the baseline keeps, and other values of the same table", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)] as const);
    const write = (noise: number) =>
      writeFile(
        join(folder, "prices.csv"),
        ["rooms,age,price", ...rows.map(([a, b], i) => `${a},${b},${a - b + noise * Math.sin(97 * i)}`)].join(
          "\n",
        ),
      );
    await write(0);
    expect((await gate("prices.csv", "--target", "price", ...UPDATE)).code).toBe(0);
    expect(await baselineOf("prices")).toMatchObject({ options: { target: "price" } });

    expect((await gate()).code).toBe(0);

    await write(2);
    const { code, result } = await gate();
    expect({ code, error: result.error }).toEqual({ code: 1, error: undefined });
    expect(result.changes[0]).toMatchObject({ subject: "prices", regressed: true });
    await forget();
  });

  test("two saved models, each a model.json, with their data, whole or in parts", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)] as const);
    const csv = ["rooms,age,price", ...rows.map(([a, b]) => `${a},${b},${a - b}`)].join("\n");
    await writeFile(join(folder, "houses.csv"), csv);
    for (const name of ["one", "other"]) await saveModel(join(folder, name));
    const models = [join("one", "model.json"), join("other", "model.json")];

    expect((await gate(...models, "--data", "houses.csv", "--target", "price", ...UPDATE)).code).toBe(0);
    const { code, result } = await gate();

    expect(code).toBe(0);
    expect(result.subjects.map(({ subject }: { subject: string }) => subject)).toEqual([
      "model",
      "other-model",
    ]);
    await forget();
  });

  test("a program captured from Keras, from weights of each seed, and finds a slower one", async () => {
    await mkdir(join(folder, "captured"), { recursive: true });
    const program = join(folder, "captured", "prices");
    await cp(resolve("fixtures/keras/captured/denseRegression"), program, { recursive: true });
    const change = async (from: RegExp, to: string) => {
      const file = join(program, "program.json");
      const text = await readFile(file, "utf8");
      expect(text).toMatch(from);
      await writeFile(file, text.replace(from, to));
    };
    await change(/"epochs": ?\d+/, '"epochs": 6');
    expect((await gate("captured/prices", ...UPDATE)).code).toBe(0);
    const { config, measurements } = await baselineOf("prices");
    expect(config.program).toMatchObject({ initialWeights: "drawn" });
    expect(new Set(measurements.map(({ finalLoss }: { finalLoss: number }) => finalLoss)).size).toBe(48);

    expect((await gate()).code).toBe(0);

    await change(/"epochs": ?6/, '"epochs": 1');
    const { code, result } = await gate();
    expect({ code, error: result.error }).toEqual({ code: 1, error: undefined });
    await forget();
  });
});
