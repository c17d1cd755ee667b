import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { check } from "../../../src/judging/check/check.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const training = { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 20, epochs: 150 } as const;

/** A curve over sorted numbers, whose last quarter is held out; or rows of another curve in their place. */
function curve(name: string, heldOutOf: (x: number) => number = (x) => x) {
  const set = (xs: readonly number[]) => ({
    inputs: xs.map((x) => [x]),
    targets: xs.map((x) => [Math.sin(1.7 * x) + 0.2 * x]),
  });
  const all = Array.from({ length: 200 }, (_, row) => -4 + (8 * row) / 200);
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [1], units: 32, activation: "tanh" }),
          layers.dense({ units: 32, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: set(all.slice(0, 150)), heldOut: set(all.slice(150).map(heldOutOf)) },
    training,
  }).config();
}

describe("rows that were sorted before they were split", () => {
  test("are named, and shuffling them before the split is the proven cure", async () => {
    const { causes, cure } = await check(curve("sorted-curve"));

    expect(causes[0]).toMatchObject({ name: "held-out-from-another-distribution", status: "proven" });
    expect(causes[0]?.evidence).toContain("the rows are sorted by input 0");
    expect(cure?.change).toContain("the rows shuffled before they are split");
    expect(cure?.change).toContain("data.resplit");
  });

  test("are not held-out rows from elsewhere, which no cure mixes in: the twin", async () => {
    const random = seedStream(1, "elsewhere");
    const { causes, attempts } = await check(curve("curve-elsewhere", () => 5 + 3 * random.uniform()));

    expect(causes[0]?.name).toBe("held-out-from-another-distribution");
    expect(causes[0]?.evidence).not.toContain("sorted");
    expect(attempts.filter(({ change }) => change.includes("resplit"))).toEqual([]);
  });

  test("are kept, all of them once, when they are split again", async () => {
    const config = curve("split-again");
    const rows = async (given: Config) => {
      const { train, heldOut } = await createSubject(given);
      expect([train.count, heldOut?.count]).toEqual([150, 50]);
      return [...train.inputs, ...(heldOut?.inputs ?? [])];
    };
    const again = changeConfig(config, { "data.resplit": true })?.config ?? config;
    const [before, after] = [await rows(config), await rows(again)];

    expect(after).not.toEqual(before);
    expect(after.sort((a, b) => a - b)).toEqual(before);
  });
});

describe("classes of which training has none", () => {
  const centre = (label: number) => [Math.cos(1.5 * label), Math.sin(1.5 * label)] as const;

  test("are cured by a split of shuffled rows, in whatever order either set stands", async () => {
    const random = seedStream(5, "untaught");
    const labels = Array.from({ length: 240 }, (_, row) => Math.floor(row / 60));
    // Each set was shuffled for itself, as generators do.
    const set = (some: readonly number[]) => {
      const drawn = some
        .map((label, at) => ({ label, at: (at * 7) % some.length }))
        .sort((a, b) => a.at - b.at);
      return {
        inputs: drawn.map(({ label }) => centre(label).map((place) => 2 * place + random.uniform() - 0.5)),
        targets: drawn.map(({ label }) => [0, 1, 2, 3].map((number) => Number(number === label))),
      };
    };
    const config = defineSubject({
      name: "untaught-classes",
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ inputShape: [2], units: 16, activation: "relu" }),
            layers.dense({ units: 4, activation: "softmax" }),
          ],
        }),
      examples: { train: set(labels.slice(0, 180)), heldOut: set(labels.slice(180)) },
      classification: true,
      training: { ...training, epochs: 60, loss: { name: "categoricalCrossentropy" } },
    }).config();
    const { causes, cure } = await check(config);

    expect(causes[0]).toMatchObject({ name: "held-out-from-another-distribution", status: "proven" });
    expect(cure?.change).toContain("data.resplit");
  });
});

describe("labels of one class alone", () => {
  test("are cured where the sorted split left the other class to the held-out rows", async () => {
    const random = seedStream(3, "classes");
    const rows = Array.from({ length: 160 }, (_, row) => ({
      label: Number(row >= 100),
      x: random.uniform(),
    }));
    const set = (some: typeof rows) => ({
      inputs: some.map(({ label, x }) => [x + 2 * label, random.uniform()]),
      targets: some.map(({ label }) => [label]),
    });
    const config = defineSubject({
      name: "one-class-left",
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ inputShape: [2], units: 12, activation: "relu" }),
            layers.dense({ units: 1, activation: "sigmoid" }),
          ],
        }),
      examples: { train: set(rows.slice(0, 100)), heldOut: set(rows.slice(100)) },
      classification: true,
      training: { ...training, epochs: 60, loss: { name: "binaryCrossentropy" } },
    }).config();
    const { causes, cure } = await check(config);

    expect(causes[0]).toMatchObject({ name: "constant-labels", status: "proven" });
    expect(cure?.change).toContain("data.resplit");
  });
});
