// A project whose loss asks which engine runs: engines that should agree, and do not.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { IMPORT, makeProject } from "./projectFolder.ts";
import { runCli } from "./runCli.ts";

const PROJECT = `
import { getBackend, losses, mul } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
${IMPORT}
export const line = defineSubject({
  name: "line",
  buildModel: () => sequential({ layers: [layers.dense({ inputShape: [1], units: 1 })] }),
  examples: { train: { inputs: [[0], [0.3], [0.6], [1]], targets: [-1, -0.4, 0.2, 1] } },
  loss: (targets, predictions) => mul(losses.meanSquaredError(targets, predictions), FACTOR),
  training: { optimizer: { name: "sgd", learningRate: 0.3 }, steps: 100, batchSize: 4 },
});
`;

let folder: string;

vi.setConfig({ testTimeout: 180_000 });

beforeAll(async () => {
  folder = await makeProject();
});
afterAll(() => rm(folder, { recursive: true }));

async function engines(factor: string) {
  await writeFile(join(folder, "learnproof.config.ts"), PROJECT.replace("FACTOR", factor));
  const { code, stdout } = await runCli(["engines", "--engine", "cpu", "--json"], folder);
  return { code, json: JSON.parse(stdout) };
}

describe("engines", () => {
  test("exits 0 where they agree", async () => {
    const { code, json } = await engines("1");

    expect(code).toBe(0);
    expect(json).toMatchObject({ agree: true, reference: "wasm", missing: [], seconds: expect.any(Number) });
    expect(json.comparisons).toMatchObject([
      {
        rows: [
          { engine: "cpu", agrees: true, gradientDifference: expect.closeTo(0, 5) },
          { engine: "wasm", agrees: true, speed: 1, gradientDifference: 0 },
        ],
        failures: [],
      },
    ]);
  });

  test("exits 1 where one computes another gradient, and names it beside what each measured", async () => {
    const { code, json } = await engines('getBackend() === "cpu" ? 0.9 : 1');

    expect(code).toBe(1);
    expect(json.agree).toBe(false);
    const [{ rows }] = json.comparisons;
    expect(rows).toMatchObject([
      { engine: "cpu", agrees: false, gradientDifference: expect.closeTo(0.1, 5) },
      { engine: "wasm", agrees: true },
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ device: "CPU", msPerStep: expect.any(Number), verdict: "learns" });
      expect(row.laws.length).toBeGreaterThan(5);
    }
  });

  test("exits 1 where one cannot run the subject, and says why", async () => {
    const { code, json } = await engines('getBackend() === "cpu" ? nothing() : 1');

    expect(code).toBe(1);
    expect(json.comparisons[0].failures).toEqual([
      { engine: "cpu", reason: expect.stringContaining("nothing is not defined") },
    ]);
    expect(json.comparisons[0].rows).toMatchObject([{ engine: "wasm", agrees: true }]);
  });

  test("prints the outcome in one line with --quiet, and nothing else", async () => {
    await writeFile(join(folder, "learnproof.config.ts"), PROJECT.replace("FACTOR", "1"));
    const { stdout, stderr } = await runCli(["engines", "--engine", "wasm", "--quiet"], folder);

    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(stderr).toBe("");
  });
});
