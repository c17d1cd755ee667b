import { input, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const rows = (set: string, count: number) => {
  const shift = set === "train" ? 0 : 0.5;
  return Array.from({ length: count }, (_, row) => [Math.sin(row + shift), Math.cos(3 * (row + shift))]);
};

function withUnits(name: string, units: number, targetOf: (a: number, b: number) => number[]) {
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [layers.dense({ inputShape: [2], units: 16, activation: "tanh" }), layers.dense({ units })],
      }),
    examples: ({ set, count }) => {
      const inputs = rows(set, count);
      return { inputs, targets: inputs.map(([a = 0, b = 0]) => targetOf(a, b)) };
    },
    data: { examples: 150, heldOut: 60 },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 30, steps: 300 },
  });
}

/** A model of two outputs, of which the first has a number of units of its own. */
function withHeads(name: string, units: number) {
  return defineSubject({
    name,
    buildModel: () => {
      const given = input({ shape: [2] });
      const hidden = layers.dense({ units: 16, activation: "tanh" }).apply(given);
      const head = (of: string, count: number) =>
        layers.dense({ name: of, units: count }).apply(hidden) as never;
      return model({ inputs: given, outputs: [head("first", units), head("second", 1)] });
    },
    examples: ({ set, count }) => {
      const inputs = rows(set, count);
      return {
        inputs,
        targets: {
          first: inputs.map(([a = 0, b = 0]) => [a * b]),
          second: inputs.map(([a = 0, b = 0]) => [a - b]),
        },
      };
    },
    data: { examples: 150, heldOut: 60 },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 30, steps: 300 },
  });
}

describe("a model of which one output of several does not fit", () => {
  test("is a finding that names the output", async () => {
    const { causes, laws } = await check(withHeads("wide-head", 3), { engine, cures: false });

    expect(laws.find(({ name }) => name === "outputsFitTargets")?.holds).toBe(false);
    expect(causes[0]?.name).toBe("outputs-do-not-fit");
    expect(causes[0]?.evidence).toMatch(/^first: the model puts out 3 numbers/);
  });

  test("is not named where each fits: the twin", async () => {
    const { causes } = await check(withHeads("narrow-head", 1), { engine, cures: false });

    expect(causes.map(({ name }) => name)).not.toContain("outputs-do-not-fit");
  });
});

describe("a model whose outputs do not fit the targets", () => {
  test("with two outputs for one target is a finding with a cure, and no bad input", async () => {
    const { holds, causes, cure, laws } = await check(
      withUnits("two-for-one", 2, (a, b) => [a * b + 0.5 * a]),
      { engine },
    );

    expect(holds).toBe(false);
    expect(laws.find(({ name }) => name === "outputsFitTargets")?.holds).toBe(false);
    expect(causes[0]).toMatchObject({ name: "outputs-do-not-fit", status: "proven" });
    expect(cure?.config).toMatchObject({ rework: { outputUnits: 1 } });
  });

  test("with one output for several classes gets a unit for each", async () => {
    const { causes, cure } = await check(
      withUnits("one-for-three", 1, (a, b) =>
        [a + b < -0.4, a + b >= -0.4 && a + b < 0.4, a + b >= 0.4].map(Number),
      ),
      { engine },
    );

    expect(causes[0]?.name).toBe("outputs-do-not-fit");
    expect(cure?.config).toMatchObject({ rework: { outputUnits: 3 } });
  });

  test("is not named where they fit: the twin", async () => {
    const { holds, laws } = await check(
      withUnits("one-for-one", 1, (a, b) => [a * b + 0.5 * a]),
      { engine },
    );

    expect(holds).toBe(true);
    expect(laws.map(({ name }) => name)).not.toContain("outputsFitTargets");
  });
});
