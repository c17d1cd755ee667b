// What a person does in the first hour, in folders of their own, with the package as npm packs it.

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Ended, learnproof, makeProject, vitest } from "./inFolder.ts";

const LAYERS = `sequential({ layers: [
  layers.dense({ inputShape: [4], units: 16, activation: "relu" }), layers.dense({ units: 1 }) ] })`;
const MODELS = {
  module: `import { layers, sequential } from "@tensorflow/tfjs-layers";
export function buildModel() { return ${LAYERS}; }
`,
  commonjs: `const { layers, sequential } = require("@tensorflow/tfjs-layers");
exports.buildModel = () => ${LAYERS};
`,
};

/** A project as `npm init -y` begins it, which depends on learnproof. */
async function makeOwnProject(type: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await makeProject();
  const manifest = { name: "mine", version: "1.0.0", type, devDependencies: { learnproof: "^0.1.0" } };
  for (const [name, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

function expectRefusal({ code, stdout, stderr }: Ended, said: string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(said);
  // One sentence, and no stack.
  expect(stderr.trim().split("\n")).toHaveLength(1);
}

describe.each(Object.entries(MODELS))("a project of type %s with a model of TensorFlow.js", (type, model) => {
  test("begins with init: what it writes learns, and its spec runs under vitest", async () => {
    const folder = await makeOwnProject(type, { "src/model.js": model });

    const begun = await learnproof(folder, "init", "--yes");
    const tested = await vitest(folder);
    const checked = await learnproof(folder, "check");

    expect(begun.code, begun.stderr).toBe(0);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(["learnproof.config.mjs", "learnproof.spec.mjs"]),
    );
    expect(tested.code, tested.stdout + tested.stderr).toBe(0);
    expect(tested.stdout).toContain("1 passed");
    expect(checked.code, checked.stderr).toBe(0);
  });

  test("has a spec that fails where the model does not learn: the twin", async () => {
    const zeros = model.replace("units: 16,", `units: 16, kernelInitializer: "zeros",`);
    const folder = await makeOwnProject(type, { "src/model.js": zeros });

    const begun = await learnproof(folder, "init", "--yes");
    const { code, stdout, stderr } = await vitest(folder);

    expect({ begun: begun.code, tested: code }).toEqual({ begun: 1, tested: 1 });
    expect(stdout + stderr).toContain("symmetric-initialisation");
  });
});

test("a project with a table begins with init: its spec fails as the table's check does", async () => {
  const folder = await makeOwnProject("commonjs");
  await copyFile("fixtures/tables/houses.csv", join(folder, "houses.csv"));

  const begun = await learnproof(folder, "init", "--yes");
  const { code, stdout, stderr } = await vitest(folder);

  expect({ begun: begun.code, tested: code }).toEqual({ begun: 1, tested: 1 });
  expect(stdout + stderr).toContain("targets-not-normalised");
});

describe("a folder without anything", () => {
  test("is told what to check, and by which command to begin", async () => {
    const folder = await makeProject();

    const { code, stdout } = await learnproof(folder);
    const checked = await learnproof(folder, "check", "--budget", "3s");

    expect(code).toBe(0);
    expect(stdout).toContain("npx learnproof init");
    expect(checked.stdout).toContain("learnproof's demonstration network");
    expect(checked.stdout).toContain("learnproof check houses.csv --target price");
  });

  test.each([
    [["chekc"], "did you mean check?"],
    [["check", "--sead", "3"], "did you mean --seed?"],
    [["check", "houses.csv", "--target", "price"], "houses.csv"],
    [["check", "--seed", "0"], "--seed"],
    [["check", "--engine", "wasn"], "--engine"],
    [["init", "--yes"], "must hold a model of TensorFlow.js"],
    [["explain", "targets-not-normalized"], "targets-not-normalised"],
    [["replay", "gone.json"], "gone.json"],
  ])("is answered in one sentence with exit code 2: %j", async (args, said) => {
    const folder = await makeProject();

    expectRefusal(await learnproof(folder, ...args), said);
    expect(await readdir(folder)).toEqual([]);
  });
});

test("a table whose column is misspelt is answered with the columns that there are", async () => {
  const folder = await makeProject();
  await copyFile("fixtures/tables/houses.csv", join(folder, "houses.csv"));

  expectRefusal(await learnproof(folder, "check", "houses.csv", "--target", "prise"), "price");
});

test("README.md has at most 150 lines", async () => {
  const lines = (await readFile("README.md", "utf8")).split("\n").length - 1;

  expect(lines).toBeLessThanOrEqual(150);
});
