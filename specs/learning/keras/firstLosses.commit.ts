// Captures scripts with the Python that LEARNPROOF_PYTHON names, and compares the first loss of training with that of Keras.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { loadProgram } from "../../../src/learning/keras/program/loadProgram.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";
import { distilling, firstLossScripts } from "./firstLossScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-first-"));
const sumOfAll = firstLossScripts.maskedSum.replace(", mask_zero=True", "");
const names = Object.keys(firstLossScripts) as (keyof typeof firstLossScripts)[];
const load = (name: string) => loadProgram({ path: join(folder, name) } as never, name);
const firstLoss = async (name: string) =>
  (await train(await createSubject(load(name).config))).trace.losses[0] as number;
const ofKeras = (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.expected`), "utf8")) as number;

describe.skipIf(isWithoutKeras)(`the first loss of a captured script${whySkipped}`, () => {
  beforeAll(async () => {
    captureScripts(folder, { ...firstLossScripts, sumOfAll, trainedTeacher: distilling("") });
    await startEngine();
  }, 8 * 60_000);

  it.each(names)("is that of Keras: %s", async (name) => {
    expect((await firstLoss(name)) / ofKeras(name)).toBeCloseTo(1, 5);
  });

  it("tells a sum that hides steps from a mean of those that are shown, and from the sum of all", async () => {
    expect((await firstLoss("sumOfAll")) / ofKeras("maskedSum")).toBeGreaterThan(1.2);
  });

  it("refuses a loss that asks a teacher whom fit trains as well", () => {
    expect(JSON.parse(readFileSync(join(folder, "trainedTeacher.json"), "utf8")).message).toMatch(
      /set its trainable to False/,
    );
  });

  it("comes with the same bytes where a script is captured again", () => {
    const bytes = () => readFileSync(join(folder, "connectionist", "program.json"), "utf8");
    const first = bytes();
    captureScripts(folder, { connectionist: firstLossScripts.connectionist });

    expect(bytes()).toBe(first);
  });

  it("says of no numbers that they are words", () => {
    expect(load("datasetOfNumbers").notes.join()).not.toMatch(/string/);
  });
});
