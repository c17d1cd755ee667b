// Runs the parity program against the Keras that is installed, so that a newer Keras that computes otherwise is noticed.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { layerGroups } from "../../../../src/learning/keras/translate/table/table.ts";
import { loadedPython } from "../captureScripts.ts";
import { differenceOf, type Reference, type References } from "./compare.ts";

const python = loadedPython;
const TOLERANCE = 1e-5;
const TEN_MINUTES = 600_000;

/** Layers of the table for which Keras 3 has no case: it lacks the class, or the layer has no gradient of its own. */
const WITHOUT = ["Identity", "ThresholdedReLU", "CuDNNLSTM", "CuDNNGRU", "SimpleRNNCell"];
/** Layers that are another one of the table in more dimensions, without weights. */
const LIKE_OTHERS = ["SpatialDropout2D", "SpatialDropout3D"];

describe.runIf(python !== "")("the installed Keras", () => {
  let cases: readonly Reference[] = [];

  beforeAll(async () => {
    await startEngine();
    const file = join(mkdtempSync(join(tmpdir(), "learnproof-parity-")), "parity.json");
    const program = resolve("specs", "learning", "keras", "parity", "reference.py");
    execFileSync(python, [program, file], { stdio: "ignore", timeout: TEN_MINUTES });
    cases = (JSON.parse(readFileSync(file, "utf8")) as References).cases;
  }, TEN_MINUTES);

  it(
    "computes the loss and the gradients of every case as learnproof does",
    async () => {
      const far: [string, object][] = [];
      for (const one of cases) {
        const difference = await differenceOf(one);
        if (Math.max(...Object.values(difference)) >= TOLERANCE) far.push([one.name, difference]);
      }
      expect(far).toEqual([]);
      expect(cases.length).toBeGreaterThan(150);
    },
    TEN_MINUTES,
  );

  it("has a case for each layer of the table", () => {
    const text = JSON.stringify(cases);
    const uncovered = layerGroups
      .flatMap(({ entries }) => entries.map(({ names }) => names))
      .filter((names) => !names.some((name) => text.includes(`"class_name":"${name}"`)))
      .map(([name]) => name);
    expect(uncovered.sort()).toEqual([...WITHOUT, ...LIKE_OTHERS].sort());
  });

  it("is told from a normalisation with another epsilon, and from an LSTM with other gates", async () => {
    const named = (name: string) => cases.find((one) => one.name === name) as Reference;
    const worst = async (one: Reference) => Math.max(...Object.values(await differenceOf(one)));
    const normalised = named("LayerNormalization");
    const model = JSON.parse(
      JSON.stringify(normalised.model).replace(/"epsilon":[\d.e-]+/, '"epsilon":0.01'),
    );
    expect(JSON.stringify(model)).not.toBe(JSON.stringify(normalised.model));
    expect(await worst({ ...normalised, model })).toBeGreaterThan(TOLERANCE);
    expect(await worst(swapGates(named("LSTM")))).toBeGreaterThan(TOLERANCE);
  });
});

/** Exchanges the input gate's columns of an LSTM's kernel and the forget gate's. */
function swapGates(reference: Reference): Reference {
  const weights = Object.fromEntries(
    Object.entries(reference.weights).map(([name, { shape, values }]) => {
      const [rows = 0, columns = 0] = shape;
      if (shape.length !== 2 || columns !== 4 * (columns / 4) || !/lstm/i.test(name))
        return [name, { shape, values }];
      const units = columns / 4;
      const swapped = Array.from({ length: rows }, (_, row) => {
        const one = values.slice(row * columns, (row + 1) * columns);
        return [...one.slice(units, 2 * units), ...one.slice(0, units), ...one.slice(2 * units)];
      });
      return [name, { shape, values: swapped.flat() }];
    }),
  );
  return { ...reference, weights };
}

it.runIf(python === "")(
  "the installed Keras is not asked: LEARNPROOF_PYTHON names no Python with Keras",
  () => {
    expect(python).toBe("");
  },
);
