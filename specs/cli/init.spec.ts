import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runInProcess } from "./runCli.ts";

const MODEL = `const { layers, sequential } = require("@tensorflow/tfjs-layers");
exports.buildModel = () => sequential({ layers: [
  layers.dense({ inputShape: [4], units: 16, activation: "relu" }), layers.dense({ units: 1 }) ] });
`;

/** Learnt at once. */
const TABLE = `rooms,age,price\n${Array.from({ length: 60 }, (_, row) => {
  const [rooms, age] = [Math.sin(row), Math.cos(2.3 * row)];
  return `${rooms},${age},${rooms - age}\n`;
}).join("")}`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-init-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

async function init(...args: string[]) {
  const { code, stdout } = await runInProcess(["init", "--yes", "--json", ...args], folder);
  return { code, result: JSON.parse(stdout) };
}

describe("init", () => {
  test("writes config, spec and CI job for a table, and says how it learns", async () => {
    await put("houses.csv", TABLE);
    await mkdir(join(folder, ".git"));
    await put(".gitignore", "node_modules");

    const { code, result } = await init();

    expect({ code, verdict: result.verdict }).toEqual({ code: 0, verdict: "learns" });
    expect(result.written).toEqual([
      "learnproof.json",
      "learnproof.spec.mjs",
      ".github/workflows/learnproof.yml",
      ".gitignore",
    ]);
    expect(JSON.parse(await readFile(join(folder, "learnproof.json"), "utf8"))).toEqual({
      subject: "table",
      data: { file: "houses.csv", targets: ["price"], inputs: ["rooms", "age"] },
    });
    expect(await readFile(join(folder, ".gitignore"), "utf8")).toMatch(/^node_modules\nlearnproof-report/);
  });

  test("writes a config that builds the model of a CommonJS project", async () => {
    await put("package.json", '{"type": "commonjs"}');
    await put("src/model.js", MODEL);
    await symlink(resolve("node_modules"), join(folder, "node_modules"), "dir");

    const { code, result } = await init();

    expect({ code, verdict: result.verdict, what: result.what }).toEqual({
      code: 0,
      verdict: "learns",
      what: "model",
    });
  });

  test("overwrites no file, and writes none where one is there", async () => {
    await copyFile("fixtures/tables/houses.csv", join(folder, "houses.csv"));
    await put("learnproof.spec.mjs", "// mine\n");

    const { code, result } = await init();

    expect({ code, field: result.error.field }).toEqual({ code: 2, field: "learnproof.spec.mjs" });
    expect(await readFile(join(folder, "learnproof.spec.mjs"), "utf8")).toBe("// mine\n");
    expect(await readdir(folder)).not.toContain("learnproof.json");
  });

  test("refuses a folder without a model or a table", async () => {
    const { code, result } = await init();

    expect({ code, message: result.error.message }).toEqual({
      code: 2,
      message: expect.stringContaining("must hold a model of TensorFlow.js"),
    });
  });
});

describe("a project that depends on learnproof", () => {
  test("is told that it has no config, where check names nothing", async () => {
    await put("package.json", '{"devDependencies": {"learnproof": "^0.1.0"}}');

    const { code, stderr } = await runInProcess(["check"], folder);

    expect(code).toBe(2);
    expect(stderr).toContain("learnproof: learnproof.config: must name what to check");
  });
});

describe("doctor", () => {
  test("says of every engine whether it starts and why, and that nothing is wrong", async () => {
    const { code, stdout } = await runInProcess(["doctor", "--json"], folder);

    const { engines, problems } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(problems).toEqual([]);
    expect(engines).toContainEqual({ name: "wasm", starts: true, why: "the default" });
    expect(engines.map(({ name }: { name: string }) => name)).toEqual([
      "tensorflow",
      "webgpu",
      "wasm",
      "cpu",
    ]);
  });
});
