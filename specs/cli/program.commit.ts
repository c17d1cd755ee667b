// Programs of TensorFlow.js as somebody wrote them, checked as they are.

import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeProject } from "./projectFolder.ts";
import { runCli } from "./runCli.ts";

let folder: string;

vi.setConfig({ testTimeout: 120_000 });
beforeAll(async () => {
  folder = await makeProject();
});
afterAll(() => rm(folder, { recursive: true }));

/** A program that loads TensorFlow.js as CommonJS, trains once and saves what it reached. */
const program = (rate: string, more = "") => `
const { tensor2d, train } = require("@tensorflow/tfjs-core");
const tf = require("@tensorflow/tfjs-layers");
const fs = require("node:fs");

async function main() {
  const rows = Array.from({ length: 120 }, () => [2 * Math.random() - 1, 2 * Math.random() - 1]);
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, inputShape: [2], activation: "tanh" }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: train.adam(${rate}), loss: "meanSquaredError" });
  ${more}
  const history = await model.fit(tensor2d(rows), tensor2d(rows.map(([a, b]) => [a * b + a])), { epochs: 60, batchSize: 30 });
  fs.writeFileSync("reached.txt", String(history.history.loss.at(-1)));
  process.exit(0);
}
if (require.main === module) main();
`;

async function check(name: string, text: string, ...options: string[]) {
  await writeFile(join(folder, name), text);
  const { code, stdout } = await runCli(["check", name, "--json", ...options], folder);
  return { code, ...JSON.parse(stdout) };
}

test("a program that learns is checked as it is, and nothing that it writes behind its training lands", async () => {
  const { code, what, verdict, causes } = await check("sound.cjs", program("0.03"));

  expect({ code, verdict, causes }).toEqual({ code: 0, verdict: "learns", causes: [] });
  expect(what).toEqual({ kind: "tensorflow-program", name: "sound.cjs" });
  expect(existsSync(join(folder, "reached.txt"))).toBe(false);
});

test("the rate of one that does not is named and cured: the twin", async () => {
  const { code, cause, cure } = await check("slow.cjs", program("0.000001"));

  expect(code).toBe(1);
  expect(cause).toMatchObject({ name: "learning-rate-too-low" });
  expect(cure.change).toContain("learningRate");
});

test("TypeScript is translated, a fault of the program's own is told with its line, and so is a loop of its own", async () => {
  const loop = `
import { mul, scalar, sub, square, train, variable } from "@tensorflow/tfjs-core";
const weight = variable(scalar(0));
for (let step: number = 0; step < 3; step++) train.sgd(0.1).minimize(() => square(sub(mul(weight, 2), 1)));
`;
  const answers = await Promise.all([
    check("loop.ts", loop),
    check("fails.cjs", program("0.03", "undefined.rows;")),
    check("idle.mjs", "export const nothing = 1;"),
  ]);

  expect(answers.map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(answers.map(({ error }) => error.code)).toEqual(["own-loop", "program-failed", "never-trains"]);
  expect(answers[1]?.error.field).toBe("fails.cjs:12");
});
