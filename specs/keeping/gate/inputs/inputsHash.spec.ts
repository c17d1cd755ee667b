import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashInputs } from "../../../../src/keeping/gate/inputs/inputsHash.ts";
import { readLockFiles } from "../../../../src/keeping/gate/inputs/lockFile.ts";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";

const config = parseConfig({});
const home = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "learnproof-inputs-")));
});

afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

describe("the content hash of a subject's inputs", () => {
  test("is that of config, engine, code and the versions installed, and not of a seed", async () => {
    const hash = await hashInputs({ config, engine: "wasm" });

    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashInputs({ config, engine: "wasm" })).toBe(hash);
    expect(await hashInputs({ config, engine: "cpu" })).not.toBe(hash);
    const other = parseConfig({ training: { steps: 499 } });
    expect(await hashInputs({ config: other, engine: "wasm" })).not.toBe(hash);
    expect(await hashInputs({ config: { ...config, seed: 9 }, engine: "wasm" })).toBe(hash);
  });

  test.each(["package-lock.json", "pnpm-lock.yaml", "node_modules/.package-lock.json"])(
    "changes with %s, of this folder or of the one around it",
    async (name) => {
      await mkdir(join(folder, "node_modules"));
      await mkdir(join(folder, "inner"));
      process.chdir(join(folder, "inner"));
      const without = await hashInputs({ config, engine: "wasm" });
      await writeFile(join(folder, name), "some-package 1.0.0");
      const before = await hashInputs({ config, engine: "wasm" });
      await writeFile(join(folder, name), "some-package 1.0.1");

      const after = await hashInputs({ config, engine: "wasm" });

      expect(new Set([without, before, after]).size).toBe(3);
    },
  );
});

describe("lock files", () => {
  test("are those of the nearest folder that has any", async () => {
    const inner = join(folder, "inner");
    await mkdir(join(inner, "yarn.lock"), { recursive: true });
    await writeFile(join(folder, "yarn.lock"), "outer");
    expect(readLockFiles(inner).map(({ bytes }) => bytes.toString())).toEqual(["outer"]);

    await writeFile(join(inner, "package-lock.json"), "inner");

    expect(readLockFiles(inner).map(({ bytes }) => bytes.toString())).toEqual(["inner"]);
  });
});
