// Captures loops that open a GradientTape of their own, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";
import { compositeLoops } from "./compositeLoops.ts";
import { tapeLoops } from "./tapeLoops.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-tapes-"));
const MINUTE = 60_000;
const cases = Object.entries({ ...tapeLoops, ...compositeLoops });

describe.skipIf(isWithoutKeras)(`loops of one's own${whySkipped}`, () => {
  beforeAll(() => {
    captureScripts(folder, Object.fromEntries(cases.map(([name, { script }]) => [name, script])));
  }, 8 * MINUTE);

  it.each(cases.filter(([, { refused }]) => refused === undefined))("captures %s", (name, expected) => {
    const { program, arrays, notes, source } = readCaptured(join(folder, name));
    const { loss = "mean_squared_error", optimizer = {}, epochs = 4, training = true } = expected;
    const written = program.compile?.loss;
    if (loss === "traced") expect(written).toMatchObject({ class_name: "TracedLoss" });
    else expect(written).toEqual(loss);
    expect(program.compile?.optimizer).toMatchObject({ class_name: "Adam", config: optimizer });
    expect([program.fit?.batch_size, program.fit?.epochs, program.fit?.training]).toEqual([
      16,
      epochs,
      training,
    ]);
    expect(arrays.x[0]?.shape[0]).toBe(64);
    expect(source.fit?.text).toContain("tf.GradientTape()");
    if (expected.targets) expect(arrays.y[0]?.shape).toEqual(expected.targets);
    if (expected.note) expect(notes.join("\n")).toMatch(expected.note);
    if (expected.model) expect(JSON.stringify(program.model)).toMatch(expected.model);
    if (expected.notModel) expect(JSON.stringify(program.model)).not.toMatch(expected.notModel);
  });

  it.each(cases.filter(([, { refused }]) => refused !== undefined))(
    "refuses %s with the next step",
    (name, { refused }) => {
      const { message, place } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
      expect(message).toMatch(refused as RegExp);
      expect(place.text).toMatch(/tf\.GradientTape/);
    },
  );

  it.each(cases.filter(([, { judged }]) => judged !== undefined))(
    "judges %s",
    async (name, { judged }) => {
      const { verdict, causes } = await check(join(folder, name), { cures: false });
      const named = causes.map((cause) => cause.name);
      expect(verdict === "learns").toBe(judged?.learns);
      if (judged?.cause) expect(named).toContain(judged.cause);
      else expect(named).toEqual([]);
    },
    3 * MINUTE,
  );
});
