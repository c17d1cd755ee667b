// A project with subjects of its own, as somebody else has it: a folder with a learnproof.config.ts.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hashInputs } from "../../src/keeping/gate/inputs/inputsHash.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { defineProduct, products } from "../learning/subject/ownExamples.ts";
import { IMPORT, makeProject } from "./projectFolder.ts";
import { runCli } from "./runCli.ts";

const subject = (name: string) => `
export const ${name} = defineSubject({
  name: "${name}",
  model: { units: 12 as number },
  buildModel: ({ model: { units } }) => sequential({ layers: [
    layers.dense({ inputShape: [2], units, activation: "relu" }),
    layers.dropout({ rate: 0.02 }),
    layers.dense({ units: 1 }),
  ] }),
  examples: ({ set, count }) => {
    const inputs = Array.from({ length: count }, (_, i) => i + (set === "train" ? 0 : 5000)).map((i) => [Math.sin(12.9 * i), Math.cos(78.2 * i ** 1.5)]);
    return { inputs, targets: inputs.map(([x, y]) => bend(x as number) + (y as number)) };
  },
  data: { examples: 100, heldOut: 40 },
  training: { optimizer: { learningRate: 0.02 }, steps: 200 },
});
`;

const HEAD = `
import { layers, sequential } from "@tensorflow/tfjs-layers";
${IMPORT}
import { bend } from "./bend.ts";
`;

let folder: string;

// A dozen processes, each of which loads an engine.
vi.setConfig({ testTimeout: 180_000 });

beforeAll(async () => {
  folder = await makeProject();
  await bendBy("x * x");
  await define("one");
  await writeFile(
    join(folder, "broken.json"),
    JSON.stringify({ subject: "own", name: "one", rework: { kernelInitializer: "zeros" } }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function bendBy(formula: string): Promise<void> {
  await writeFile(join(folder, "bend.ts"), `export const bend = (x: number): number => ${formula};\n`);
}

async function define(name: string, more = ""): Promise<void> {
  await writeFile(join(folder, "learnproof.config.ts"), HEAD + subject(name) + more);
}

const run = async (...args: string[]) => {
  const { code, stdout } = await runCli([...args, "--json"], folder);
  return { code, json: JSON.parse(stdout) };
};

describe("a project's own subject", () => {
  test("is what is trained where its name is given, and checked where none is", async () => {
    const [named, alone] = await Promise.all([run("train", "one"), run("check")]);

    expect(named).toMatchObject({ code: 0, json: { verdict: "learns", cause: null } });
    expect(alone).toMatchObject({ code: 0, json: { verdict: "learns", digest: named.json.digest } });
  });

  test("is told why it fails, and cured", async () => {
    expect(await run("check", "broken.json")).toMatchObject({
      code: 1,
      json: {
        cause: { name: "symmetric-initialisation" },
        cure: {
          change:
            'glorotUniform as the initializer of every kernel (rework.kernelInitializer "zeros" → "glorotUniform")',
          verdict: "learns",
        },
      },
    });
  });

  test("is recorded, and replayed as another run once a module of its code is another", async () => {
    await run("record", "broken.json", "--engine", "wasm", "--out", "capsule.json");
    const same = run("replay", "capsule.json");
    await same;
    await bendBy("x * x * x");

    expect((await same).json.same).toBe(true);
    expect((await run("replay", "capsule.json")).json.same).toBe(false);
    await bendBy("x * x");
  });

  test("is refused where it is not defined, where several are and none is named, and where the file fails", async () => {
    await define("one", subject("two"));
    const [several, two, three] = await Promise.all([
      run("check"),
      run("train", "two"),
      run("check", "three"),
    ]);
    expect(several).toMatchObject({ code: 2, json: { error: { code: "ambiguous", got: ["one", "two"] } } });
    expect(two).toMatchObject({ code: 0 });
    expect(three).toMatchObject({ code: 2, json: { error: { code: "no-such-file", field: "three" } } });

    await define("one", "throw new Error('no such table');");
    const broken = await run("check");
    expect(broken).toMatchObject({ code: 2, json: { error: { code: "invalid-project" } } });
    expect(broken.json.error.message).toContain("no such table");
    await define("one");
  });

  test("is measured anew by the gate once a module of its code, its config or its engine is another", async () => {
    const home = process.cwd();
    defineProduct({ name: "one", examples: ({ count }) => products(count) });
    const config = parseConfig({ subject: "own", name: "one" });
    const other = parseConfig({ subject: "own", name: "one", seed: 1, training: { steps: 9 } });
    process.chdir(folder);
    try {
      const before = await hashInputs({ config, engine: "wasm" });
      expect(await hashInputs({ config, engine: "wasm" })).toBe(before);
      expect(await hashInputs({ config: other, engine: "wasm" })).not.toBe(before);
      expect(await hashInputs({ config, engine: "cpu" })).not.toBe(before);
      await bendBy("x + x");
      expect(await hashInputs({ config, engine: "wasm" })).not.toBe(before);
      await bendBy("x * x");
      expect(await hashInputs({ config, engine: "wasm" })).toBe(before);
    } finally {
      process.chdir(home);
    }
  });
});
