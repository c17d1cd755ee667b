// What a subject declares as meant is not accused.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { examine } from "../../src/judging/examine.ts";
import { laws } from "../../src/judging/law/laws.ts";
import { lawsNotAsked } from "../../src/judging/meant.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";

const inputs = Array.from({ length: 80 }, (_, row) => [Math.sin(row), Math.cos(2.3 * row)]);
// No linear model learns this.
const targets = inputs.map(([a, b]) => (a as number) - (b as number) + 2 * (a as number) ** 2);

async function examined(meant?: readonly string[]) {
  const config = defineSubject({
    name: "linear",
    buildModel: () =>
      sequential({ layers: [layers.dense({ units: 8, inputShape: [2] }), layers.dense({ units: 1 })] }),
    examples: { train: { inputs, targets } },
    training: { optimizer: { learningRate: 0.02 }, steps: 300 },
    ...(meant && { meant }),
  }).config();
  const subject = await createSubject(config);
  return examine(subject, { thresholds: config.thresholds, bitExact: true });
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a model that is linear", () => {
  test("is accused of it where nothing is said", async () => {
    const { laws: results, findings } = await examined();

    expect(results.find(({ name }) => name === "isNonlinear")).toMatchObject({ holds: false });
    expect(findings.map(({ cause }) => cause)).toContain("missing-nonlinearity");
  });

  test("is not where it is declared as meant", async () => {
    const { laws: results, findings } = await examined(["missing-nonlinearity"]);

    expect(results.map(({ name }) => name)).not.toContain("isNonlinear");
    expect(findings.map(({ cause }) => cause)).not.toContain("missing-nonlinearity");
  });

  test("is told which causes there are, where the name is none", async () => {
    await expect(examined(["no-nonlinearity"])).rejects.toThrow(
      /meant: must hold names of causes.*missing-nonlinearity/,
    );
  });
});

test("every law that is not asked is a law", () => {
  const names = laws.map(({ name }) => name);
  const meant = ["missing-nonlinearity", "frozen-layer", "train-held-out-leakage", "target-in-input"];
  const others = [
    "predicts-the-last-value",
    "wrong-loss",
    "swapped-axes",
    "overfitting",
    "unseeded-randomness",
  ];

  for (const law of lawsNotAsked({ meant: [...meant, ...others] })) expect(names).toContain(law);
  expect(lawsNotAsked({ meant: ["dead-relu-units"] }).size).toBe(0);
});
