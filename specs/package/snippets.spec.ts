// What stands in the pages is run as a reader runs it: taken from the Markdown itself, in a project that has the packed
// package. Where a snippet leaves something to the reader, a few lines before it stand for what the reader has.

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Snippet, snippetsOf } from "../docs/snippetsOf.ts";
import { type Ended, learnproof, makeProject, runIn, vitest } from "./inFolder.ts";

/** Runs a snippet in a new project; what it expects fails the test. */
type Run = (snippet: string) => Promise<void>;

async function projectWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await makeProject();
  await writeFile(join(folder, "package.json"), `{"type": "module"}`);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function withHouses(folder: string, file = "houses.csv"): Promise<string> {
  await mkdir(join(folder, file, ".."), { recursive: true });
  await copyFile("fixtures/tables/houses.csv", join(folder, file));
  return folder;
}

/** Runs the lines that call learnproof, and gives what came of each. */
async function runCommands(folder: string, snippet: string): Promise<readonly Ended[]> {
  const ended: Ended[] = [];
  for (const [, words] of snippet.matchAll(/^npx learnproof ([^#\n]+)/gm))
    ended.push(await learnproof(folder, ...(words as string).trim().split(" ")));
  return ended;
}

/** npm installs what a page says that it installs: `npm run try-package` does it in earnest. */
const installs: Run = async (snippet) => {
  const { peerDependencies } = JSON.parse(await readFile("package.json", "utf8"));
  for (const [, name, version] of snippet.matchAll(/(@tensorflow\/[\w-]+)@([\d.]+)/g))
    expect(peerDependencies[name as string]).toContain(version);
  expect(snippet).toMatch(/^npm install --save-dev learnproof /);
};

const checkModel: Run = async (snippet) => {
  const folder = await projectWith({ "check.mjs": snippet });
  const { code, stdout, stderr } = await runIn(folder, process.execPath, ["check.mjs"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^stalled wrong-output-activation .*outputActivation/);
};

const checkTable: Run = async (snippet) => {
  const [ended, ...others] = await runCommands(await withHouses(await makeProject()), snippet);
  expect(others).toEqual([]);
  expect(ended?.code).toBe(1);
  expect(ended?.stdout).toContain("Cause: targets-not-normalised (contributes)");
};

const passesTests: Run = async (snippet) => {
  const folder = await projectWith({ "learns.test.js": snippet });
  const { code, stdout, stderr } = await vitest(folder);
  expect(code, stdout + stderr).toBe(0);
};

const keepsConfig: Run = async (snippet) => {
  const folder = await projectWith({ "learnproof.config.js": snippet });
  const { code, stdout } = await learnproof(folder, "train", "difference", "--json");
  expect({ code, verdict: JSON.parse(stdout).verdict }).toEqual({ code: 0, verdict: "learns" });
};

/** Commands for the subject that the block before them defines. */
const usesConfig: Run = async (snippet) => {
  const blocks = snippetsOf(await readFile("README.md", "utf8"));
  const config = blocks.find(({ text }) => text.includes("defineConfig("));
  const folder = await projectWith({ "learnproof.config.js": config?.text ?? "" });
  const ended = await runCommands(folder, snippet);
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(ended[2]?.stdout).toContain("The gate holds: 1 subject learns as it did");
};

const HOUSES = `import { readFileSync } from "node:fs";
const rows = readFileSync("houses.csv", "utf8").trim().split("\\n").slice(1).map((line) => line.split(",").map(Number));
const part = (from: number, to?: number) => {
  const some = rows.slice(from, to);
  return { inputs: some.map(([rooms, age, garden]) => [rooms / 4, age / 50, garden / 500]), targets: some.map((row) => row[4] / 2e5) };
};
export const houses = { train: part(0, 120), heldOut: part(120) };
`;
const definesPrices: Run = async (snippet) => {
  const folder = await withHouses(
    await projectWith({ "learnproof.config.ts": snippet, "houses.ts": HOUSES }),
  );
  const { code, stdout, stderr } = await learnproof(folder, "check", "prices");
  expect(code, stdout + stderr).toBe(0);
};

const namesTable: Run = async (snippet) => {
  const folder = await withHouses(await projectWith({ "my.json": snippet }), "fixtures/tables/houses.csv");
  const { code, stdout } = await learnproof(folder, "check", "my.json");
  expect(code).toBe(1);
  expect(stdout).toContain("Cause: targets-not-normalised");
  expect(stdout).toMatch(/Cure: .*standardiseInputs.*standardiseTargets.*every law holds/);
};

const ADVERTS = `import { input, layers, model } from "@tensorflow/tfjs-layers";
import { defineSubject } from "learnproof";
const at = (i: number) => (Math.sin(i * 12.9898) + 1) / 2;
const pixels = Float32Array.from({ length: 800 * 32 * 32 * 3 }, (_, i) => at(Math.floor(i / 3072)));
const words = Array.from({ length: 800 }, (_, i) => [at(i), at(i + 1)]);
const price = words.map(([a, b]) => a + b);
const kind = words.map(([a]) => Math.min(4, Math.floor(5 * a)));
const sampleWeight = words.map(() => 1);
const buildModel = () => {
  const picture = input({ shape: [32, 32, 3], name: "picture" });
  const text = input({ shape: [2], name: "words" });
  const seen = layers.globalAveragePooling2d({ dataFormat: "channelsLast" }).apply(picture);
  const both = layers.dense({ units: 16, activation: "relu" }).apply(layers.concatenate().apply([seen, text] as never));
  return model({ inputs: [picture, text], outputs: [
    layers.dense({ units: 1, name: "price" }).apply(both), layers.dense({ units: 5, activation: "softmax", name: "kind" }).apply(both) ] as never });
};
`;
const definesAdverts: Run = async (snippet) => {
  const folder = await projectWith({ "learnproof.config.ts": `${ADVERTS}${snippet}` });
  const { stdout, stderr } = await learnproof(folder, "train", "adverts", "--json");
  expect(
    JSON.parse(stdout).outputs?.map(({ name }: { name: string }) => name),
    stdout + stderr,
  ).toEqual(["price", "kind"]);
};

const TREND = `import { layers, sequential } from "@tensorflow/tfjs-layers";
import { defineSubject } from "learnproof";
const inputs = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const part = (from: number, to?: number) => ({ inputs: inputs.slice(from, to), targets: inputs.slice(from, to).map(([a, b]) => a * b + 0.5 * a) });
const examples = { train: part(0, 150), heldOut: part(150) };
const buildModel = () => sequential({ layers: [layers.dense({ inputShape: [2], units: 4 }), layers.dense({ units: 1 })] });
`;
const meansLinear: Run = async (snippet) => {
  const lawOf = async (text: string) => {
    const folder = await projectWith({ "learnproof.config.ts": `${TREND}${text}` });
    const { stdout } = await learnproof(folder, "check", "trend", "--json");
    return JSON.parse(stdout).laws.find(({ name }: { name: string }) => name === "isNonlinear")?.holds;
  };
  expect(await lawOf(snippet)).toBeUndefined();
  expect(await lawOf(snippet.replace(/, meant: \[[^\]]*\]/, ""))).toBe(false);
};

/** A bar whose angle is told by its double, so that it is the same after half a turn; its targets lie on several. */
const GRASP = `import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { defineSubject } from "learnproof";
const degrees = Array.from({ length: 160 }, (_, row) => ((row * 137.508) % 120) - 60);
const double = (angle: number) => (angle * Math.PI) / 90;
const examples = {
  train: {
    inputs: degrees.map((angle) => [Math.cos(double(angle)), Math.sin(double(angle))]),
    targets: degrees.map((angle, row) => [angle + 180 * (row % 4)]),
  },
};
const buildModel = () =>
  sequential({
    layers: [
      layers.dense({ inputShape: [2], units: 32, activation: "tanh" }),
      layers.dense({ units: 1 }),
      layers.rescaling({ scale: 60 }),
    ],
  });
`;
const judgesAngle: Run = async (snippet) => {
  const verdictOf = async (text: string) => {
    const folder = await projectWith({ "learnproof.config.ts": `${GRASP}${text}` });
    const { stdout, stderr } = await learnproof(folder, "train", "grasp", "--json");
    expect(stdout, stderr).not.toBe("");
    return JSON.parse(stdout).verdict;
  };
  expect(await verdictOf(snippet)).toBe("learns");
  expect(await verdictOf(snippet.replace(/ {2}errorMeasure: [\s\S]*?\n {2}\},\n/, ""))).not.toBe("learns");
};

/** A hundred configs of a property take minutes, so that two stand for them here. */
const FEWER = `import fc from "fast-check";\nfc.configureGlobal({ numRuns: 2, seed: 1 });\n`;
const VITEST = `import { defineConfig } from "vitest/config";
export default defineConfig({ test: { setupFiles: ["fewer.ts"] } });\n`;
const COLLAPSE = JSON.stringify({
  subject: "dense",
  model: { kernelInitializer: "zeros" },
  data: { examples: 50, heldOut: 0 },
  training: { steps: 30 },
});
const usesMatchers: Run = async (snippet) => {
  const folder = await projectWith({
    "fewer.ts": FEWER,
    "vitest.config.mjs": VITEST,
    "my.test.ts": snippet,
    "my.json": COLLAPSE,
  });
  expect((await learnproof(folder, "record", "my.json", "--out", "collapse.json")).code).toBe(0);
  const { code, stdout, stderr } = await vitest(folder);
  expect(code, stdout + stderr).toBe(0);
};

const DEAD = `import { failureMode } from "learnproof/vitest";
const config = {
  subject: "dense",
  model: { inputs: 2, hidden: [{ units: 4, activation: "relu" }, { units: 4, activation: "relu" }], outputs: 1 },
  data: { formula: ["x0 * x1 + 0.5 * x0"], inputRange: [-1, 1], examples: 200, heldOut: 100 },
  training: { optimizer: { name: "adam", learningRate: 3 }, batchSize: 32, steps: 6000 },
};
`;
const failsAsSaid: Run = async (snippet) => {
  const folder = await projectWith({ "my.test.ts": `${DEAD}${snippet}` });
  const { code, stdout, stderr } = await vitest(folder);
  expect(code, stdout + stderr).toBe(0);
};

const gathersRuns: Run = async (snippet) => {
  const folder = await projectWith({
    "vitest.config.mjs": snippet,
    "my.test.ts": `import "learnproof/vitest";\nimport { expect, test } from "vitest";\ntest("no", async () => { await expect(${COLLAPSE}).toCollapse(); });\n`,
  });
  expect((await vitest(folder)).code).toBe(0);
  expect(await readdir(folder)).toContain("learnproof-vitest.html");
};

/** The spec of the command new writes and runs a failure mode. */
const inAClone: Run = async (snippet) => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  for (const [, script] of snippet.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
};

/** How each block of a page is run, in the page's order: a block without a run, or a run without a block, is a fault. */
const pages: Readonly<Record<string, readonly (readonly [title: string, run: Run])[]>> = {
  "README.md": [
    ["installs the package", installs],
    ["checks a table", checkTable],
    ["checks a model", checkModel],
    ["tests with vitest", passesTests],
    ["defines a subject", keepsConfig],
    ["checks and gates the subject", usesConfig],
  ],
  "docs/own-model.md": [
    ["installs the package", installs],
    ["defines a subject", definesPrices],
    ["names a table", namesTable],
    ["defines several inputs and outputs", definesAdverts],
    ["says what is meant", meansLinear],
    ["names the error that judges", judgesAngle],
  ],
  "docs/matchers.md": [
    ["uses the matchers", usesMatchers],
    ["begins a failure mode", inAClone],
    ["states a failure mode", failsAsSaid],
    ["gathers the runs", gathersRuns],
  ],
};

describe.each(Object.entries(pages))("%s", async (page, runs) => {
  const snippets = snippetsOf(await readFile(page, "utf8"));

  test("has no block that is not run", () => {
    expect(snippets.map(({ line }) => line)).toHaveLength(runs.length);
  });

  test.each(runs.map(([title, run], index) => ({ title, run, snippet: snippets[index] as Snippet })))(
    "$title",
    ({ run, snippet }) => run(snippet.text),
  );
});

describe("a snippet that is broken", async () => {
  const readme = await readFile("README.md", "utf8");

  test.each([
    ["a renamed export", "import { check }", "import { chek as check }", 2, checkModel],
    ["an option that is none", "--target price", "--tarket price", 1, checkTable],
    ["a matcher that is none", "toBeatTheMean", "toBeatTheMedian", 3, passesTests],
  ])("fails: %s", async (_fault, from, to, index, run) => {
    expect(readme).toContain(from);
    const broken = snippetsOf(readme.replace(from, to))[index] as Snippet;

    await expect(run(broken.text)).rejects.toThrow();
  });
});
