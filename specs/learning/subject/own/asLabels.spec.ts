import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { targetParts } from "../../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

const classesOf = async (name: string, targets: number[][], loss: "binaryCrossentropy" | "mse") => {
  const examples = { inputs: targets.map((_, row) => [row]), targets };
  const config = defineSubject({
    name,
    buildModel: () =>
      sequential({ layers: [layers.dense({ inputShape: [1], units: 2, activation: "sigmoid" })] }),
    examples: { train: examples, heldOut: examples },
    training: { loss: { name: loss } },
  }).config({ data: { unitTargets: true } });
  const { train, heldOut } = await createSubject(config);
  return [train, heldOut].map(
    (of) => of && [...targetParts(of)].map((part) => [part.classification, part.severalLabels]),
  );
};

const mask = [
  [0, 255],
  [255, 255],
  [0, 0],
];

test("a mask of 0 and 255 becomes labels where it is scaled to 0 and 1 under a crossentropy", async () => {
  expect(await classesOf("mask", mask, "binaryCrossentropy")).toEqual([[[true, true]], [[true, true]]]);
});

test("grey values, and a squared error, make no labels: the twins", async () => {
  const grey = [
    [0, 255],
    [128, 255],
    [0, 0],
  ];

  expect(await classesOf("grey", grey, "binaryCrossentropy")).toEqual([
    [[false, undefined]],
    [[false, undefined]],
  ]);
  expect(await classesOf("numbers", mask, "mse")).toEqual([[[false, undefined]], [[false, undefined]]]);
});
