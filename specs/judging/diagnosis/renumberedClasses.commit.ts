// Held-out rows whose classes are numbered in another order than those of training. A network that learns then predicts
// each class as another one; one that cannot tell two classes apart does not.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { findSuspects } from "../../../src/judging/diagnosis/cure/suspects.ts";
import { failsHeldOut } from "../../../src/judging/outcome/heldOutError.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

interface Row {
  readonly input: readonly number[];
  readonly kind: number;
}
type Renumber = (row: Row, place: number) => number;

/** Points in so many sectors of a disc; the sector is the class. */
function points(count: number, classes: number, seed: number): Row[] {
  const random = seedStream(seed, "spec/renumberedClasses");
  return Array.from({ length: count }, (_, place) => {
    const kind = place % classes;
    const angle = (2 * Math.PI * (kind + 0.1 + 0.8 * random.uniform())) / classes;
    const radius = 0.5 + random.uniform();
    return { input: [radius * Math.cos(angle), radius * Math.sin(angle)], kind };
  });
}

/** Sounds of so many pitches. */
function sounds(count: number, classes: number, seed: number): Row[] {
  const random = seedStream(seed, "spec/renumberedClasses/sounds");
  return Array.from({ length: count }, (_, place) => {
    const kind = place % classes;
    const phase = 2 * Math.PI * random.uniform();
    return {
      input: Array.from({ length: 24 }, (_, step) => Math.sin(phase + 0.5 * (kind + 1) * step)),
      kind,
    };
  });
}

function network(classes: number, style: "one-hot" | "one unit" | "convolution") {
  if (style === "convolution")
    return sequential({
      layers: [
        layers.reshape({ inputShape: [24], targetShape: [24, 1] }),
        layers.conv1d({ filters: 12, kernelSize: 7, activation: "relu" }),
        layers.globalAveragePooling1d(),
        layers.dense({ units: classes, activation: "softmax" }),
      ],
    });
  return sequential({
    layers: [
      layers.dense({ inputShape: [2], units: 24, activation: "tanh" }),
      style === "one unit"
        ? layers.dense({ units: 1, activation: "sigmoid" })
        : layers.dense({ units: classes, activation: "softmax" }),
    ],
  });
}

function subject(
  name: string,
  classes: number,
  style: "one-hot" | "one unit" | "convolution",
  renumber: Renumber,
) {
  const make = style === "convolution" ? sounds : points;
  const coded = (kind: number) =>
    style === "one unit" ? [kind] : Array.from({ length: classes }, (_, one) => (one === kind ? 1 : 0));
  const tables = (rows: readonly Row[], number: Renumber) => ({
    inputs: rows.map(({ input }) => input),
    targets: rows.map((row, place) => coded(number(row, place))),
  });
  return defineSubject({
    name,
    buildModel: () => network(classes, style),
    loss: style === "one unit" ? "binaryCrossentropy" : "categoricalCrossentropy",
    classification: true,
    examples: {
      train: tables(make(200, classes, 1), ({ kind }) => kind),
      heldOut: tables(make(80, classes, 2), renumber),
    },
    training: { optimizer: { name: "adam", learningRate: 0.03 }, batchSize: 40, steps: 200 },
  }).config() as OwnConfig;
}

const CAUSE = "held-out-from-another-distribution";

async function judge(config: OwnConfig) {
  const made = await createSubject(config);
  const { run, findings } = await trainAndDiagnose(made, config);
  return { isFailing: failsHeldOut(made, run), findings };
}

describe("held-out classes that are numbered in another order", () => {
  test.each([
    { style: "one-hot", classes: 3, order: [2, 0, 1] },
    { style: "one-hot", classes: 5, order: [1, 0, 3, 2, 4] },
    { style: "one unit", classes: 2, order: [1, 0] },
    { style: "convolution", classes: 3, order: [0, 2, 1] },
  ] as const)("are predicted once they are renumbered: $style, $order", async ({ style, classes, order }) => {
    const name = `renumbered-${style.replace(" ", "-")}-${order.join("")}`;
    const config = subject(name, classes, style, ({ kind }) => order[kind] ?? kind);
    const { isFailing, findings } = await judge(config);
    const [suspect] = await findSuspects(config, findings);
    const change = suspect?.proposals[0]?.change;

    expect(isFailing).toBe(true);
    expect(findings[0]?.cause).toBe(CAUSE);
    expect(findings[0]?.evidence).toContain("number the classes differently");
    expect(change?.values).toEqual({
      "data.heldOutClasses": order.map((_, own) => order.indexOf(own as never)),
    });
    const after = await judge(change?.config as OwnConfig);
    expect(after).toMatchObject({ isFailing: false, findings: [] });
  });

  test.each<[string, Renumber]>([
    ["labels that are drawn at random", (_, place) => (place * 7 + Math.floor(place / 3)) % 3],
    ["two classes that became one", ({ kind }) => Math.max(1, kind)],
  ])("are not suspected with %s: the twins", async (what, renumber) => {
    const config = subject(`twin-${what.split(" ").at(-1)}`, 3, "one-hot", renumber);
    const { isFailing, findings } = await judge(config);

    expect(isFailing).toBe(true);
    expect(findings.map(({ evidence }) => evidence).join()).not.toContain("number the classes differently");
  });

  test("numbers that name a class twice are refused", () => {
    const config = subject("twice", 3, "one-hot", ({ kind }) => kind);
    expect(changeConfig(config, { "data.heldOutClasses": [0, 0, 1] })).toBeNull();
    expect(changeConfig(config, { "data.heldOutClasses": [0, 2, 1] })).not.toBeNull();
  });
});
