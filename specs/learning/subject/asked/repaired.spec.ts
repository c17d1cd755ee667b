// What changes of the targets make of the rows that a script asks about: the same as of the others, where they have the fault too.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { findMovedTargets } from "../../../../src/judging/evidence/targets/movedTargets.ts";
import { changeConfig } from "../../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const FACTS = {
  call: "evaluate",
  place: null,
  rows: 200,
  targets: "given",
  order: null,
  untrained: false,
  readings: [],
} as const;

const table = (shape: readonly number[], values: readonly number[]) => ({
  shape: [...shape],
  values: Float32Array.from(values),
});

/** Rows whose targets stand beside those of another row, from a place in the table on. */
function rows(from: number, count: number, moved: number) {
  const place = (row: number) => Math.sin(17 * (row + from)) * 3;
  const at = Array.from({ length: count }, (_, row) => row);
  return { inputs: at.map(place), targets: at.map((row) => place(row + moved) ** 2) };
}

function subject(name: string, { train = 0, asked = 0 }: { train?: number; asked?: number }) {
  const own = rows(0, 120, train);
  const other = rows(500, 200, asked);
  return defineSubject({
    name,
    buildModel: () => sequential({ layers: [layers.dense({ inputShape: [1], units: 1 })] }),
    examples: { train: { inputs: own.inputs.map((x) => [x]), targets: own.targets.map((y) => [y]) } },
    asked: [{ ...FACTS, x: [table([200, 1], other.inputs)], y: [table([200, 1], other.targets)] }],
    training: { steps: 1 },
  }).config() as OwnConfig;
}

function classes(name: string, from: number) {
  const own = rows(0, 40, 0).inputs.map((x) => [x]);
  const codes = (at: number) => [Number(at % 2 === 0), Number(at % 2 === 1)];
  return defineSubject({
    name,
    buildModel: () =>
      sequential({ layers: [layers.dense({ inputShape: [1], units: 2, activation: "softmax" })] }),
    classification: true,
    loss: "categoricalCrossentropy",
    examples: { train: { inputs: own, targets: own.map((_, at) => codes(at)) } },
    asked: [
      {
        ...FACTS,
        x: [table([20, 1], rows(from, 20, 0).inputs)],
        y: [table([20, 2], Array.from({ length: 20 }, (_, at) => codes(at)).flat())],
      },
    ],
    training: { steps: 1 },
  }).config() as OwnConfig;
}

const askedOf = async (config: OwnConfig | undefined) =>
  (await createSubject(config as OwnConfig)).asked?.[0]?.examples;

describe("rows that a script asks about", () => {
  test.each([
    ["as those of training do", { train: 1, asked: 1 }, { train: -1, heldOut: 0, asked: -1 }],
    ["by none, where they belong to their inputs", { train: 1 }, { train: -1, heldOut: 0, asked: 0 }],
    ["by none, as all others: the twin", {}, null],
  ])("get targets that move %s", async (what, moved, moves) => {
    const config = subject(`moved-${what.replaceAll(/\W+/g, "-")}`, moved);
    const found = findMovedTargets(await createSubject(config));
    expect(found).toEqual(moves);
    if (!found) return;
    const examples = await askedOf(changeConfig(config, { "data.shiftTargets": found })?.config as OwnConfig);
    expect(examples?.count).toBe(found.asked === 0 ? 200 : 199);
    examples?.inputs.forEach((x, row) => {
      expect(examples.targets[row]).toBeCloseTo(x ** 2, 3);
    });
  });

  test("get the class numbers of training where they are new, and keep those that were trained on: the twin", async () => {
    const numbers = { "data.heldOutClasses": [1, 0] };
    const firstOf = async (name: string, from: number) =>
      (await askedOf(changeConfig(classes(name, from), numbers)?.config as OwnConfig))?.targets.slice(0, 2);
    expect(await firstOf("numbered-new", 500)).toEqual(Float32Array.of(0, 1));
    expect(await firstOf("numbered-known", 0)).toEqual(Float32Array.of(1, 0));
  });
});
