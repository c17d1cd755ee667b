import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readProjectCode } from "../../../src/learning/config/projectCode.ts";

const FILES = {
  "learnproof.config.ts": `import type { Shape } from "./types.ts";
import { createHash } from "node:crypto";
import { join } from "path";
import { absent } from "absent";
import { units } from "./model.ts";
import data from "./data.json";
import { layers } from "a-package";
const rest = async () => import("./later.mjs");
export default { subjects: [units as unknown as Shape, data, layers, rest, createHash, join, absent] };`,
  "types.ts": "export type Shape = number[];",
  "model.ts": 'import { width } from "@/width";\nexport const units: number = width;',
  "lib/width.ts": "export const width = 8;",
  "data.json": "[1, 2, 3]",
  "later.mjs": 'export { late } from "./late.cjs";',
  "late.cjs": 'exports.late = require("./latest.cjs");',
  "latest.cjs": "module.exports = 1;",
  "node_modules/a-package/index.js": "exports.layers = 1;",
  "node_modules/a-package/package.json": '{"name": "a-package"}',
  "apart.ts": "export const apart = 1;",
  "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./lib/*"]}}}',
};

describe("the code of a project", () => {
  const home = process.cwd();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "learnproof-code-"));
    for (const [file, text] of Object.entries(FILES)) await put(file, text);
    process.chdir(folder);
  });
  afterEach(async () => {
    process.chdir(home);
    await rm(folder, { recursive: true });
  });

  async function put(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }

  test.each([
    ["learnproof.config.ts", "export default { subjects: [] };"],
    ["model.ts", "export const units = 9;"],
    ["lib/width.ts", "export const width = 9;"],
    ["data.json", "[1, 2, 4]"],
    ["later.mjs", "export const late = 2;"],
    ["late.cjs", "exports.late = 2;"],
    ["latest.cjs", "module.exports = 2;"],
  ])("changes with %s, however it is imported", async (file, text) => {
    const code = await readProjectCode();

    await put(file, text);

    expect(await readProjectCode()).not.toBe(code);
  });

  test.each([
    ["apart.ts", "export const apart = 2;"],
    ["types.ts", "export type Shape = number[][];"],
    ["node_modules/a-package/index.js", "exports.layers = 2;"],
  ])("stays where %s changes, which it does not run as its own", async (file, text) => {
    const code = await readProjectCode();

    await put(file, text);

    expect(await readProjectCode()).toBe(code);
  });

  test("is empty where there is none", async () => {
    await rm(join(folder, "learnproof.config.ts"));

    expect(await readProjectCode()).toBe("");
  });
});
