// Captures models that add the whole of their loss themselves, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { loadProgram } from "../../../src/learning/keras/program/loadProgram.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";
import { rebuiltScripts } from "./rebuiltScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-rebuilt-"));
const MINUTE = 60_000;
const captured = (name: keyof typeof rebuiltScripts) => readCaptured(join(folder, name));
const modelOf = (name: keyof typeof rebuiltScripts) => JSON.stringify(captured(name).program.model);
const subjectOf = (name: keyof typeof rebuiltScripts) =>
  createSubject(loadProgram({ path: join(folder, name) } as never, name).config);

describe.skipIf(isWithoutKeras)(`models that add their loss themselves${whySkipped}`, () => {
  beforeAll(async () => {
    captureScripts(folder, rebuiltScripts);
    await startEngine();
  }, 8 * MINUTE);

  it.each(["steady", "named", "averaged", "plain", "method", "call"] as const)(
    "takes the inputs of %s for its targets",
    (name) => {
      const { arrays } = captured(name);

      expect(arrays.y.map(({ shape }) => shape)).toEqual([[64, 6]]);
      expect(arrays.y[0]?.values).toEqual(arrays.x[0]?.values);
      expect(arrays.heldOut?.y.map(({ shape }) => shape)).toEqual([[16, 6]]);
    },
  );

  it("names a loss of Keras's that is a term of what is added, and makes a penalty of the divergence alone", () => {
    expect(captured("named").program.compile?.loss).toBe("binary_crossentropy");
    expect(captured("plain").program.compile?.loss).toBe("mean_squared_error");
    expect(modelOf("named")).toContain("penalty_of_the_loss");
    expect(modelOf("plain")).not.toContain("penalty_of_the_loss");
  });

  it.each(["steady", "call"] as const)("begins %s with the loss of Keras", async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected`), "utf8"));

    const { trace } = await train(await subjectOf(name));

    expect(trace.losses[0]).toBeCloseTo(expected, 5);
  });

  it("takes a model for variational where it draws its code and pays for it", async () => {
    const variational = async (name: keyof typeof rebuiltScripts) =>
      (await subjectOf(name)).variational === true;

    expect(await variational("averaged")).toBe(true);
    expect(await variational("method")).toBe(true);
    expect(await variational("steady")).toBe(false);
    expect(await variational("plain")).toBe(false);
  });

  it.each(["onlyDivergence", "mixed", "twoCompared", "otherShape"] as const)(
    "refuses %s, of which nothing tells the targets",
    (name) => {
      expect(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"))).toMatchObject({
        code: "no-loss",
        message: expect.stringContaining("add_loss"),
      });
    },
  );
});
