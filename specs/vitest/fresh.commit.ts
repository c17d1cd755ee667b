// The matchers as a project of somebody else uses them, in ways that must not go wrong: run by the real vitest, with
// vitest's own defaults.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtPackage } from "../builtPackage.ts";

const dist = join(builtPackage(), "dist");

const SPEC = `
import { tensor2d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import "${dist}/vitest/index.js";
import { assertLearns } from "${dist}/index.js";

// Built before anything of learnproof was called.
const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 8, activation: "tanh" }), layers.dense({ units: 1 })] });
model.compile({ loss: "meanSquaredError", optimizer: "adam" });
Object.assign(model.optimizer, { learningRate: 0.03 });
const x = Array.from({ length: 60 }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
const y = x.map(([a, b]) => a - 0.5 * b);
const data = { x, y, epochs: 60, batchSize: 16 };
const collapse = { subject: "dense", model: { hidden: [{ units: 4 }], kernelInitializer: "zeros" }, data: { examples: 50, heldOut: 0 }, training: { steps: 30 } };

test("red: an un-awaited matcher that fails", () => { expect(collapse).toLearn(); });
test("red: an un-awaited matcher that holds", () => { expect({ model, ...data }).toLearn(); });
test("red: an awaited matcher that fails", async () => { await expect(collapse).toLearn(); });
test("red: five seeds of which none learns", async () => { await expect(collapse).toLearn({ seeds: 5 }); });
test("red: assertLearns of a collapse", () => assertLearns(collapse));
test("green: a matcher that is returned", () => expect(collapse).toCollapse());
test("green: a matcher whose failure is expected", async () => { await expect(expect(collapse).toLearn()).rejects.toThrow("collapsed"); });
test("green: a compiled model with its data", async () => { await expect({ model, ...data }).toLearn(); await expect({ model, ...data }).toObeyEveryLaw(); });
test("green: several at once", async () => {
  await Promise.all([1, 2, 3, 4].map((seed) => expect({ ...collapse, seed, data: { examples: 40 + seed, heldOut: 0 } }).toCollapse()));
});
test("green: assertLearns of a compiled model", () => assertLearns(model, data));
test("green: tensors made at the top", async () => { await expect({ model, x: tensor2d(x), y: tensor2d(y, [60, 1]), epochs: 60, batchSize: 16 }).toLearn(); });
test.concurrent("green: concurrent one", async ({ expect }) => { await expect({ ...collapse, seed: 11 }).toCollapse(); });
test.concurrent("green: concurrent two", async ({ expect }) => { await expect({ ...collapse, seed: 12 }).toCollapse(); });
`;

interface Outcome {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

let folder: string;
let outcomes: readonly Outcome[];

beforeAll(async () => {
  folder = await mkdtemp(resolve("specs/vitest/outside-"));
  await writeFile(join(folder, "fresh.test.ts"), SPEC);
  await writeFile(join(folder, "vitest.config.mjs"), "export default { test: {} };");
  const args = [resolve("node_modules/vitest/vitest.mjs"), "run", "--root", folder, "--reporter=json"];
  const stdout = await new Promise<string>((done) => {
    const env = { ...process.env, VITEST: "", LEARNPROOF_ENGINE: "wasm" };
    execFile(process.execPath, args, { env, cwd: folder, maxBuffer: 1e8 }, (_, output) => done(output));
  });
  outcomes = JSON.parse(stdout.slice(stdout.indexOf("{"))).testResults[0].assertionResults;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("what must fail fails, and what must pass passes", () => {
  const wanted = outcomes.map(({ fullName }) => [fullName, fullName.startsWith("red") ? "failed" : "passed"]);

  expect(outcomes).toHaveLength(13);
  expect(outcomes.map(({ fullName, status }) => [fullName, status])).toEqual(wanted);
});

function messageOf(name: string): string {
  return outcomes.find(({ fullName }) => fullName === name)?.failureMessages.join("\n") ?? "";
}

test("a matcher that was not awaited says so", () => {
  expect(messageOf("red: an un-awaited matcher that fails")).toContain("toLearn was not awaited");
  expect(messageOf("red: an un-awaited matcher that holds")).toContain("toLearn was not awaited");
});

test.each(["red: an awaited matcher that fails", "red: assertLearns of a collapse"])(
  "%s ends with the cause, the cure and one line that replays it",
  (name) => {
    const message = messageOf(name);

    expect(message).toMatch(
      /cause {4}symmetric-initialisation: .+\n {2}cure {5}.+every law holds\n {2}replay {3}npx learnproof replay \S+\.json/,
    );
  },
);

test("a rate is said with its interval", () => {
  expect(messageOf("red: five seeds of which none learns")).toContain("0 of 5 learn, at most 45 %");
});
