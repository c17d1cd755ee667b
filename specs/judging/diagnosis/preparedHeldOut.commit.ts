// Held-out pictures that are prepared otherwise than those of training.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { heldOutOtherwise } from "../../../src/learning/subject/own/repair.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

/** One pixel of three colours: red where the class is 0, blue where it is 1; the green of all is dim. */
function pixels(count: number, isReversed: boolean, from = 0) {
  const inputs = Array.from({ length: count }, (_, row) => {
    const [red, blue] = row % 2 === 0 ? [0.8, 0.1] : [0.1, 0.8];
    const colours = [red + 0.1 * Math.sin(from + row), 0.2, blue + 0.1 * Math.cos(from + row)];
    return [[isReversed ? colours.reverse() : colours]];
  });
  return { inputs, targets: inputs.map((_, row) => [row % 2]) };
}

const subjectOf = (name: string, isReversed: boolean) =>
  defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.flatten({ inputShape: [1, 1, 3] }),
          layers.dense({ units: 6, activation: "relu" }),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    examples: { train: pixels(64, false), heldOut: pixels(32, isReversed, 100) },
    training: {
      loss: { name: "binaryCrossentropy" },
      optimizer: { name: "adam", learningRate: 0.05 },
      batchSize: 16,
      steps: 80,
    },
  }).config();

async function causesOf(config: OwnConfig) {
  const created = await createSubject(config);
  const subject = { ...created, heldOutOtherwise: heldOutOtherwise(created) };
  return diagnose(subject, await train(subject), { thresholds: config.thresholds });
}

test("colours in reverse order are named before classes that change places, and undone", async () => {
  const config = subjectOf("reversed-colours", true);
  const [first] = await causesOf(config);

  expect(first?.cause).toBe("held-out-from-another-distribution");
  expect(first?.evidence).toContain("the colours stand in reverse order");
  expect(first?.remedy).toEqual({ "data.prepareHeldOut": "channels" });
  const cured = changeConfig(config, first?.remedy ?? {});
  expect(cured?.description).toContain("the colours of the held-out inputs in reverse order");
  expect(await causesOf(cured?.config as OwnConfig)).toEqual([]);
});

test("colours in the order of training are not: the twin", async () => {
  expect(await causesOf(subjectOf("colours-in-order", false))).toEqual([]);
});
