// Packs the package, installs the tarball into two empty projects, and uses it there as a stranger does: one project of
// ECMAScript modules and one of CommonJS. It ends with one line for each, and with exit code 1 where one of them failed.
// Only npm install needs a network. `--keep` leaves the folders, for a look at what failed; `--peers lowest` and `--peers
// highest` install its peers at the ends of the ranges that package.json states, in place of the versions of development.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SUBJECT = `{
  name: "bend",
  model: { units: 12 },
  buildModel: ({ model }) => sequential({ layers: [
    layers.dense({ inputShape: [2], units: model.units, activation: "relu" }),
    layers.dense({ units: 1 }),
  ] }),
  examples: ({ set, count }) => {
    const inputs = Array.from({ length: count }, (_, i) => i + (set === "train" ? 0 : 5000)).map((i) => [Math.sin(12.9 * i), Math.cos(78.2 * i ** 1.5)]);
    return { inputs, targets: inputs.map(([x, y]) => bend(x) + y) };
  },
  data: { examples: 100, heldOut: 40 },
  training: { optimizer: { learningRate: 0.02 }, steps: 200 },
}`;

const IMPORTS = `import { layers, sequential } from "@tensorflow/tfjs-layers";
import { defineConfig, defineSubject } from "learnproof";\n`;
const REQUIRES = `const { layers, sequential } = require("@tensorflow/tfjs-layers");
const { defineConfig, defineSubject } = require("learnproof");\n`;
const TYPED = `const power: number = 2;\n`;
const bendOf = (power) => `const bend = (x) => x ** ${power};\n`;
/** An enum in a module of the project's own: no type stripping of Node's can run it. */
const MODULE =
  "export enum Power { square = 2 }\nexport const bend = (x: number): number => x ** Power.square;\n";

/** A project's file in every way to write it, with what it is called. */
const PROJECT_FILES = {
  "learnproof.config.ts": `import { bend } from "./bend.ts";\n${IMPORTS}${TYPED}export default defineConfig({ subjects: [${SUBJECT}] });\n`,
  "learnproof.config.mts": `import { bend } from "./bend.ts";\n${IMPORTS}defineSubject(${SUBJECT});\n`,
  "learnproof.config.cts": `${REQUIRES}${TYPED}${bendOf("power")}module.exports = defineConfig({ subjects: [${SUBJECT}] });\n`,
  "learnproof.config.js": {
    module: `${IMPORTS}${bendOf(2)}export default defineConfig({ subjects: [${SUBJECT}] });\n`,
    commonjs: `${REQUIRES}${bendOf(2)}module.exports = defineConfig({ subjects: [${SUBJECT}] });\n`,
  },
  "learnproof.config.mjs": `${IMPORTS}${bendOf(2)}defineSubject(${SUBJECT});\n`,
  "learnproof.config.cjs": `${REQUIRES}${bendOf(2)}exports.subject = defineSubject(${SUBJECT});\n`,
};

const CONFIG = {
  subject: "dense",
  model: { inputs: 1, hidden: [{ units: 16, activation: "tanh" }] },
  data: { formula: ["x0 * x0"], inputRange: [-1, 1], examples: 100, heldOut: 40 },
  training: { optimizer: { name: "adam", learningRate: 0.02 }, steps: 300 },
};
const COLLAPSING = { ...CONFIG, model: { ...CONFIG.model, kernelInitializer: "zeros" } };

const SPEC = `import { expect, test } from "vitest";
import "learnproof/vitest";
import config from "./fine.json";
import collapsing from "./collapsing.json";
test("learns", async () => { await expect(config).toLearn(); }, 120000);
test("does not learn", async () => { await expect(collapsing).not.toLearn(); }, 120000);
`;

const USE = `
if (typeof learnproof.check !== "function" && typeof learnproof.checkLaws !== "function") throw new Error("no check");
if (learnproof.parseConfig({}).subject !== "box-regression") throw new Error("no default config");
if (typeof arbitraries.anyConfig !== "function") throw new Error("no arbitraries");
`;
const USES = {
  "use.mjs": `import * as learnproof from "learnproof";\nimport * as arbitraries from "learnproof/arbitrary";\n${USE}`,
  "use.cjs": `const learnproof = require("learnproof");\nconst arbitraries = require("learnproof/arbitrary");\n${USE}`,
};

/** Peers that the projects use. */
const PEERS = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-layers", "fast-check", "vitest"];

/** What npm is asked for so that a peer comes at one end of its range. */
const ENDS = {
  /** The version that a range such as `^4.22.0` or `>=4` begins with. */
  lowest: (range) => [...range.replace(/^\D+/, "").split("."), "0", "0"].slice(0, 3).join("."),
  highest: (range) => range,
};

/** The peers to install, as npm takes them. */
function peersAt(end, { peerDependencies, devDependencies }) {
  if (end === undefined) return [`vitest@${devDependencies.vitest}`];
  if (!(end in ENDS)) throw new RangeError(`--peers must be ${Object.keys(ENDS).join(" or ")}, got ${end}`);
  return PEERS.map((name) => `${name}@${ENDS[end](peerDependencies[name])}`);
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a program; rejects only where it cannot be started. */
function run(command, args, cwd) {
  return new Promise((done) => {
    const env = { ...process.env, LEARNPROOF_ENGINE: "wasm", VITEST: "" };
    const shell = command === npm && process.platform === "win32";
    execFile(command, args, { cwd, env, shell, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      done({ code: error ? (error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

async function must(step, expected, command, args, cwd, holds = () => true) {
  const result = await run(command, args, cwd);
  if (result.code === expected && holds(result.stdout)) return;
  const said = `${result.stdout}\n${result.stderr}`.trim().slice(-1500);
  throw new Error(
    `${step}: expected exit code ${expected} and the right answer, got ${result.code}\n${said}`,
  );
}

async function tryProject(type, tarball, tools, folder) {
  await mkdir(folder);
  const write = (name, text) => writeFile(join(folder, name), text);
  await write("package.json", JSON.stringify({ name: `try-${type}`, version: "1.0.0", type }));
  // Its peers are TensorFlow.js and vitest, which npm installs where they are asked for or needed.
  await must("npm install", 0, npm, ["install", "--no-audit", "--no-fund", tarball, ...tools], folder);
  for (const [name, text] of Object.entries(USES)) await write(name, text);
  await write("fine.json", JSON.stringify(CONFIG));
  await write("collapsing.json", JSON.stringify(COLLAPSING));
  await write("learning.spec.ts", SPEC);
  await write("bend.ts", MODULE);

  const node = process.execPath;
  const manifest = JSON.parse(await readFile(join(folder, "node_modules/learnproof/package.json"), "utf8"));
  const cli = join(folder, "node_modules/learnproof", manifest.bin.learnproof);
  const verdict = (word) => (stdout) => JSON.parse(stdout).verdict === word;
  await must("import", 0, node, ["use.mjs"], folder);
  await must("require", 0, node, ["use.cjs"], folder);
  await must(
    "npx learnproof",
    0,
    npm,
    ["exec", "--offline", "--", "learnproof", "check", "fine.json"],
    folder,
  );
  await must("check", 0, node, [cli, "check", "fine.json", "--json"], folder, verdict("learns"));
  // The twin: one that fails is told to.
  await must("check", 1, node, [cli, "check", "collapsing.json", "--json"], folder, verdict("collapsed"));
  await must("vitest", 0, node, ["node_modules/vitest/vitest.mjs", "run"], folder);

  for (const [name, written] of Object.entries(PROJECT_FILES)) {
    await write(name, typeof written === "string" ? written : written[type]);
    await must(name, 0, node, [cli, "train", "bend", "--json"], folder, verdict("learns"));
    await rm(join(folder, name));
  }
}

const root = await mkdtemp(join(tmpdir(), "learnproof-package-"));
const manifest = JSON.parse(await readFile("package.json", "utf8"));
await must("npm pack", 0, npm, ["pack", "--pack-destination", root], resolve("."));
const tarball = join(root, (await readdir(root)).find((name) => name.endsWith(".tgz")) ?? "");
const at = process.argv.indexOf("--peers");
const tools = peersAt(at < 0 ? undefined : process.argv[at + 1], manifest);
if (at > 0) process.stdout.write(`peers: ${tools.join(", ")}\n`);

let failed = false;
for (const type of ["module", "commonjs"]) {
  const line = await tryProject(type, tarball, tools, join(root, type)).then(
    () => "works",
    (error) => {
      failed = true;
      return `FAILED at ${error.message}`;
    },
  );
  process.stdout.write(`${type} on Node ${process.version}: ${line}\n`);
}
if (process.argv.includes("--keep")) process.stdout.write(`kept ${root}\n`);
else await rm(root, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
