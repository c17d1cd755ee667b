import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { scaleHeldOut } from "../../../src/judging/diagnosis/cure/scaleHeldOut.ts";
import { findForeignScale } from "../../../src/judging/evidence/split/foreignScale.ts";
import { failsHeldOut } from "../../../src/judging/outcome/heldOutError.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Row = readonly [input: readonly number[], target: number];

/** Rows of two inputs in other units, with a curve of both as the target. */
function rows(count: number, seed: number): Row[] {
  const random = seedStream(seed, "spec/heldOutScale");
  return Array.from({ length: count }, (): Row => {
    const [a, b] = [random.uniform(), random.uniform()];
    return [[300 + 100 * a, 5 * b], 40 * Math.sin(2.5 * a) + 30 * b];
  });
}

/** Maps training rows to mean 0 and about variance 1, as a fitted scaler does. */
const scaled = ([[a = 0, b = 0], target]: Row): Row => [
  [(a - 350) / 29, (b - 2.5) / 1.44],
  (target - 20) / 20,
];
const inputsScaled = (row: Row): Row => [scaled(row)[0], row[1]];

function subject(name: string, train: readonly Row[], heldOut: readonly Row[]) {
  const tables = (some: readonly Row[]) => ({
    inputs: some.map(([input]) => input),
    targets: some.map(([, target]) => [target]),
  });
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 24, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: tables(train), heldOut: tables(heldOut) },
    training: { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 40, steps: 150 },
  }).config() as OwnConfig;
}

async function fails(config: OwnConfig): Promise<boolean> {
  const made = await createSubject(config);
  return failsHeldOut(made, (await trainAndDiagnose(made, config)).run);
}

describe("held-out examples that were not scaled as those of training", () => {
  test("are predicted once they are scaled alike", async () => {
    const config = subject("raw-held-out", rows(120, 1).map(scaled), rows(120, 2));
    const [change] = await scaleHeldOut(config);

    expect(await fails(config)).toBe(true);
    expect(change?.values).toEqual({ "data.matchHeldOut": "both" });
    expect(change?.description).toContain("the held-out inputs and targets scaled as those of training are");
    expect(await fails(change?.config as OwnConfig)).toBe(false);
  });

  test.each([
    ["inputs alone", rows(120, 1).map(inputsScaled), rows(120, 2), "inputs"],
    ["targets alone", rows(120, 1).map(scaled), rows(120, 2).map(inputsScaled), "targets"],
    ["nothing: the twin", rows(120, 1).map(scaled), rows(120, 2).map(scaled), null],
  ] as const)("differ in %s", async (_, train, heldOut, sides) => {
    const { train: ours, heldOut: theirs } = await createSubject(subject("sides", train, heldOut));

    expect(findForeignScale({ train: ours, heldOut: theirs })).toBe(sides);
  });

  test("are not taken for rows of another relation, which no scale makes predictable: the twin", async () => {
    const elsewhere = rows(120, 2).map(([[a = 0, b = 0]]): Row => [[a, b], 40 * Math.cos(0.09 * a) - 9 * b]);
    const config = subject("elsewhere", rows(120, 1).map(inputsScaled).map(toUnit), elsewhere.map(toUnit));
    const [change] = await scaleHeldOut(config);

    expect(change?.values).toEqual({ "data.matchHeldOut": "inputs" });
    expect(await fails(change?.config as OwnConfig)).toBe(true);
  });
});

/** Targets on a scale that training starts from, in both sets alike. */
function toUnit([input, target]: Row): Row {
  return [input, (target - 20) / 20];
}
