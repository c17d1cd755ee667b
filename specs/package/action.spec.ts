// The steps of the action as a runner takes them, in a repository of somebody else: its own model, its own baseline, and a
// pull request that makes the model worse.

import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { learnproof, makeProject, runIn } from "./inFolder.ts";
import { type Outcome, runSteps, type Step, type Values } from "./runSteps.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action: Action = parse(await readFile("action.yml", "utf8"));

/** Takes the action's steps in a folder until one fails. */
function runAction(folder: string, given: Values = {}): Promise<Outcome> {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default]);
  const values = {
    ...Object.fromEntries(inputs),
    "inputs.token": "",
    "github.action_path": resolve("."),
    ...given,
  };
  return runSteps(action.runs.steps, folder, values);
}

/** A folder outside of this project, in which Node finds no packages; until the test ends. */
async function makeBareFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "learnproof-bare-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return join(root, "repository");
}

/** The example with the gate, under Git, as a checkout and `npm ci` leave it. */
async function makeRepository(): Promise<string> {
  const root = await makeProject();
  const repository = join(root, "repository");
  await cp("examples/gate", repository, { recursive: true });
  const git = (...args: readonly string[]) =>
    runIn(repository, "git", ["-c", "user.name=octo", "-c", "user.email=octo@example.com", ...args]);
  await git("init", "-q");
  await git("add", "-A");
  expect((await git("commit", "-qm", "Begin")).code).toBe(0);
  return repository;
}

async function makeNarrower(repository: string): Promise<void> {
  const file = join(repository, "model.js");
  const text = await readFile(file, "utf8");
  expect(text).toContain("units: 8");
  await writeFile(file, text.replace("units: 8", "units: 1"));
}

test("the action brings no Node of its own: the job's is left as it is", () => {
  expect(action.runs.steps.map(({ uses }) => uses?.split("@")[0]).filter(Boolean)).toEqual([
    "actions/cache",
    "actions/upload-artifact",
  ]);
});

const CONFIG = {
  subject: "dense",
  model: { inputs: 1, hidden: [{ units: 8, activation: "tanh" }] },
  data: { formula: ["x0 * x0"], inputRange: [-1, 1], examples: 60, heldOut: 20 },
  training: { optimizer: { name: "adam", learningRate: 0.03 }, steps: 80 },
};
/** What a production install may take on disk, TensorFlow.js included. */
const MOST_BYTES = 130e6;

// It installs from npm's registry, so that it runs where that is allowed: LEARNPROOF_NETWORK=1, as in CI.
test.runIf(process.env.LEARNPROOF_NETWORK === "1")(
  "the action in a repository without learnproof installs the package alone, without optional packages",
  async () => {
    const repository = await makeBareFolder();
    await mkdir(repository);
    await writeFile(join(repository, "my.json"), JSON.stringify(CONFIG));
    expect((await learnproof(repository, "gate", "my.json", "--update")).code).toBe(0);
    const packed = inject("packed");
    const tarball = (await readdir(packed)).find((name) => name.endsWith(".tgz")) ?? "";
    const given = { "inputs.package": join(packed, tarball) };

    const { taken, last } = await runAction(repository, given);
    await writeFile(join(repository, "my.json"), JSON.stringify({ ...CONFIG, training: { steps: 5 } }));
    const worse = await runAction(repository, given);

    expect(last.code, last.stdout + last.stderr).toBe(0);
    expect(taken).toEqual(["find", "install", "gate"]);
    expect(worse.last.code).toBe(1);
    const installed = join(repository, "..", "temp", "learnproof-package", "node_modules");
    const names = await readdir(installed);
    const { devDependencies, dependencies, peerDependencies } = JSON.parse(
      await readFile("package.json", "utf8"),
    );
    const unwanted = Object.keys(devDependencies).filter(
      (name) => !name.startsWith("@") && !(name in { ...dependencies, ...peerDependencies }),
    );
    expect(names).toContain("learnproof");
    expect(names.filter((name) => unwanted.includes(name))).toEqual([]);
    expect(await bytesIn(installed)).toBeLessThan(MOST_BYTES);
  },
);

/** Bytes of the files in a folder. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

// A runner for Windows has the bash of Git, and other paths; the steps are the same.
describe.skipIf(process.platform === "win32")("the action in a second repository", () => {
  let repository: string;
  beforeEach(async () => {
    repository = await makeRepository();
  });

  test("passes what is unchanged, by the repository's own learnproof, and installs nothing", async () => {
    const { taken, last, outputs } = await runAction(repository);

    expect(last.code, last.stdout + last.stderr).toBe(0);
    expect(taken).toEqual(["find", "gate"]);
    expect(outputs["steps.gate.outputs.passed"]).toBe("true");
    expect(outputs["steps.find.outputs.main"]).toMatch(/node_modules.learnproof.dist.cli.main\.js$/);
    await expect(access(join(repository, "node_modules"))).rejects.toThrow();
  });

  test("fails where a change of the code makes the model learn worse", async () => {
    await makeNarrower(repository);

    const { last, outputs } = await runAction(repository);

    expect(last.code).toBe(1);
    expect(outputs["steps.gate.outputs.passed"]).toBe("false");
    expect(outputs["steps.gate.outputs.headline"]).toBe("The gate fails: 1 of 1 subject regressed, on wasm.");
  });

  test("says that packages have to be installed first, where package.json names learnproof and none is there", async () => {
    const bare = await makeBareFolder();
    await cp(repository, bare, { recursive: true });

    const { taken, last } = await runAction(bare);

    expect({ code: last.code, taken }).toEqual({ code: 1, taken: ["find"] });
    expect(last.stdout).toContain(
      "::error::package.json names learnproof, which is not installed: run npm ci",
    );
  });
});
