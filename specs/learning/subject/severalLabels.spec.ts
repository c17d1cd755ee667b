// Labels that may hold together, several ones in a row, are told from one-hot classes.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { countLabelErrors, overPrior } from "../../../src/foundation/numbers/classError.ts";
import { check } from "../../../src/judging/check/check.ts";
import { examine } from "../../../src/judging/examine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const COUNT = 160;
const inputs = Array.from({ length: COUNT }, (_, row) => [
  Math.sin(row),
  Math.cos(2.3 * row),
  Math.sin(0.7 * row),
]);
/** The third label is rare. */
const labels = inputs.map(([a, b, c]) => [
  Number((a as number) > 0),
  Number((a as number) * (b as number) > 0),
  Number((c as number) > 0.9),
]);
const oneHot = inputs.map(([a]) => [Number((a as number) > 0), Number((a as number) <= 0), 0]);

const network = (activation: "sigmoid" | "softmax") => () =>
  sequential({
    layers: [
      layers.dense({ units: 24, activation: "relu", inputShape: [3] }),
      layers.dense({ units: 3, activation }),
    ],
  });

const configOf = (
  targets: readonly (readonly number[])[],
  loss: "binaryCrossentropy" | "categoricalCrossentropy",
) =>
  defineSubject({
    name: "labels",
    buildModel: network(loss === "binaryCrossentropy" ? "sigmoid" : "softmax"),
    examples: { train: { inputs, targets } },
    classification: true,
    training: { loss: { name: loss }, optimizer: { learningRate: 0.02 }, steps: 400 },
  }).config();

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("labels of which several hold in a row", () => {
  test("are judged label by label, and every law holds", async () => {
    const config = configOf(labels, "binaryCrossentropy");
    const subject = await createSubject(config);
    const { verdict, laws, run } = await examine(subject, { thresholds: config.thresholds, bitExact: true });

    expect(targetParts(subject.train)).toMatchObject([{ classification: true, severalLabels: true }]);
    expect(verdict).toBe("learns");
    expect(laws.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([]);
    expect(run.train.errorOverPrior).toBeLessThan(0.3);
  });

  test("are refused where the classes compete", async () => {
    await expect(async () => createSubject(configOf(labels, "categoricalCrossentropy"))).rejects.toThrow(
      /single 1 among zeros/,
    );
  });

  test("are told from one-hot rows", async () => {
    const { train } = await createSubject(configOf(oneHot, "categoricalCrossentropy"));

    expect(targetParts(train)[0]?.severalLabels).toBeUndefined();
  });

  test("are known by the loss of a compiled model", async () => {
    const model = network("sigmoid")();
    model.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
    const result = await check(model, { x: inputs, y: labels, epochs: 60, cures: false } as never);
    model.dispose();

    expect(result.subject.classification).toBe(true);
    expect(result.verdict).toBe("learns");
  });
});

describe("the error of labels over that of their priors", () => {
  test("is 1 for the more common value of each label, whatever the others' is", () => {
    // The first label holds in three of four rows, the second in one of four.
    const targets = Float32Array.from([1, 0, 1, 0, 1, 1, 0, 0]);

    expect(overPrior(countLabelErrors(Float32Array.from([1, 0, 1, 0, 1, 0, 1, 0]), targets, 2))).toBe(1);
    expect(overPrior(countLabelErrors(targets, targets, 2))).toBe(0);
    expect(overPrior(countLabelErrors(new Float32Array(8), targets, 2))).toBe(2);
    expect(overPrior(countLabelErrors(new Float32Array(4), new Float32Array(4), 2))).toBeNull();
  });
});
