import { layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const STEPS = 6;

const sequences = (set: string, count: number) => {
  const shift = set === "train" ? 0 : 0.5;
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: STEPS }, (_, step) => [Math.sin(1.7 * (row + shift) + step * step)]),
  );
};
const total = (sequence: readonly number[][]) => sequence.reduce((sum, [value = 0]) => sum + value, 0);

type Layers = Parameters<typeof sequential>[0] & object;

function overSequences(name: string, made: () => Layers["layers"], isClassified = false) {
  return defineSubject({
    name,
    buildModel: () => sequential({ layers: made() ?? [] }),
    examples: ({ set, count }) => {
      const inputs = sequences(set, count);
      const targets = inputs.map((one) => [isClassified ? Number(total(one) > 0) : total(one) / 2]);
      return { inputs, targets };
    },
    classification: isClassified,
    data: { examples: 150, heldOut: 60 },
    training: {
      optimizer: { name: "adam", learningRate: 0.01 },
      batchSize: 30,
      steps: 400,
      ...(isClassified && { loss: { name: "categoricalCrossentropy" } }),
    },
  });
}

const inputShape = [STEPS, 1];
const recurrent = (returnSequences: boolean) => () => [
  layers.simpleRNN({ inputShape, units: 12, returnSequences }),
  layers.dense({ units: 1 }),
];
const classifier = (flat: boolean) => () => [
  layers.dense({ inputShape, units: 16, activation: "relu" }),
  ...(flat ? [layers.flatten()] : []),
  layers.dense({ units: 2, activation: "softmax" }),
];

describe("a model that puts out a row for each position, where each example has one target", () => {
  test("is a finding, cured by the last step alone of a recurrent layer", async () => {
    const { laws, causes, cure } = await check(overSequences("every-step", recurrent(true)), { engine });

    expect(laws.find(({ name }) => name === "outputsFitTargets")?.holds).toBe(false);
    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(causes[0]?.evidence).toContain(`${STEPS} × 1 numbers`);
    expect(cure?.config).toMatchObject({ rework: { flatten: true } });
  });

  test("gets a layer that flattens where none is recurrent, also for class numbers", async () => {
    const { causes, cure } = await check(overSequences("never-flat", classifier(false), true), { engine });

    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(cure?.config).toMatchObject({ rework: { flatten: true } });
  });

  test.each([
    ["last-step", recurrent(false), false],
    ["flat", classifier(true), true],
  ] as const)("is not named of one that fits: %s", async (name, made, isClassified) => {
    const { holds, laws } = await check(overSequences(name, made, isClassified), { engine });

    expect(laws.map((law) => law.name)).not.toContain("outputsFitTargets");
    expect(holds).toBe(true);
  });
});
