// The gate over a subject of one's own. Tables, saved models and programs that Keras trains are gated in
// gateWhats.nightly.ts, since each takes a minute.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { IMPORT, makeProject } from "./projectFolder.ts";
import { runCli } from "./runCli.ts";

vi.setConfig({ testTimeout: 300_000 });

let folder: string;

beforeAll(async () => {
  vi.stubEnv("GITHUB_ACTIONS", "");
  folder = await makeProject();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function gate(...args: string[]) {
  // Code of a project is loaded once in a process, so that a change of it needs another process.
  const { code, stdout } = await runCli(
    ["gate", "--json", "--engine", "wasm", "--workers", "1", ...args],
    folder,
  );
  return { code, result: JSON.parse(stdout) };
}

const UPDATE = ["--update", "--seeds", "24"];

describe("the gate takes", () => {
  test("a subject of learnproof.config.ts by its name, and finds a change of its code", async () => {
    const define = (factor: number) =>
      writeFile(
        join(folder, "learnproof.config.ts"),
        `import { layers, sequential } from "@tensorflow/tfjs-layers";
${IMPORT}
export const line = defineSubject({
  name: "line",
  buildModel: () => sequential({ layers: [layers.dense({ inputShape: [2], units: 1 })] }),
  examples: ({ count, seed }) => {
    const inputs = Array.from({ length: count }, (_, i) => [Math.sin(i + seed), Math.cos(7 * i + seed)]);
    return { inputs, targets: inputs.map(([x, y]) => x - y) };
  },
  data: { examples: 20, heldOut: 10 },
  training: { optimizer: { learningRate: ${0.05 * factor} }, steps: 40, batchSize: 10 },
});
`,
      );
    await define(1);
    expect((await gate("line", ...UPDATE)).code).toBe(0);
    expect(await gate("line")).toMatchObject({ code: 0, result: { subjects: [{ subject: "line" }] } });

    await define(0.01);
    const { code, result } = await gate();

    expect(code).toBe(1);
    expect(result.changes[0]).toMatchObject({ subject: "line", regressed: true });
  });
});
