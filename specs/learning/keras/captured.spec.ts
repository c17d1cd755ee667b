import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCheck } from "../../../src/judging/check/check.ts";
import { summariseCheck } from "../../../src/judging/check/summariseCheck.ts";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { affordableExamples, affordableSteps, thinOut } from "../../../src/learning/keras/program/budget.ts";
import { parseWithPrograms } from "../../../src/learning/keras/program/loadProgram.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";

const folder = (name: string) => join("fixtures", "keras", "captured", name);

function copyOf(name: string): string {
  const copy = join(mkdtempSync(join(tmpdir(), "learnproof-captured-")), name);
  cpSync(folder(name), copy, { recursive: true });
  return copy;
}

const subjectOf = async (path: string) => createSubject((await readWhat(path)).config as OwnConfig);

it("names the dead output of a captured program, and proves a cure", async () => {
  const result = summariseCheck(await runCheck(folder("deadOutput")));
  expect(result).toMatchObject({
    what: { kind: "captured-program", name: "deadOutput" },
    verdict: "collapsed",
    cause: { name: "wrong-output-activation" },
    cure: { verdict: "learns" },
  });
});

it("trains a captured program with the loss, optimizer, batches and steps that fit was given", async () => {
  const { config } = await readWhat(folder("denseRegression"));
  expect(config).toMatchObject({
    subject: "own",
    data: { examples: 160, heldOut: 40 },
    training: { batchSize: 20, steps: 60 * 8, loss: { name: "mse" }, optimizer: { name: "adam" } },
  });
});

it("knows where in the script each part stands", () => {
  const { source } = readCaptured(folder("deadOutput"));
  expect(source.fit).toMatchObject({ file: "deadOutput.py", line: 22 });
  expect(source.compile?.text).toContain("Adam(learning_rate=0.01)");
  expect(source.layers?.price?.text).toBe('layers.Dense( 1, activation="relu", name="price", ),');
});

it("knows how many examples the program trains on, where its rows are some of them", async () => {
  const copy = copyOf("denseRegression");
  const path = join(copy, "program.json");
  const program = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...program, fit: { ...program.fit, examples: 1000 } }));

  expect(await subjectOf(copy)).toMatchObject({ programExamples: 800 });
  expect((await subjectOf(folder("denseRegression"))).programExamples).toBeUndefined();
});

it("loads the program again where a config names it, and refuses another in its place", async () => {
  const copy = copyOf("denseRegression");
  const { config } = await readWhat(copy);
  expect(await parseWithPrograms(JSON.parse(JSON.stringify(config)))).toEqual(config);
  const other = { ...config, name: "another-00000000", program: { path: copy, sha256: "0".repeat(64) } };
  await expect(parseWithPrograms(other)).rejects.toThrow("is of another program than lies there now");
});

it("refuses a folder whose files are missing or are no capture", async () => {
  const copy = copyOf("denseRegression");
  rmSync(join(copy, "weights.npz"));
  await expect(readWhat(copy)).rejects.toThrow("weights.npz: does not exist");
  writeFileSync(join(copy, "program.json"), "{}");
  await expect(readWhat(copy)).rejects.toThrow("must be the program.json that learnproof capture wrote");
});

it("cuts long programs to what a check can afford, and keeps examples from the whole range", () => {
  expect(affordableSteps(1000, 32)).toBe(5000);
  expect(affordableSteps(1e8, 128)).toBe(100);
  expect(affordableExamples(12e6, 10)).toBe(500);
  expect(affordableExamples(12e6, 200_000)).toBe(150);
  const [rows] = thinOut([{ shape: [5, 1], values: Float32Array.of(0, 1, 2, 3, 4) }], 3);
  expect([...(rows?.values ?? [])]).toEqual([0, 2, 4]);
});
