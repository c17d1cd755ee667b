// A loss that takes logits: what is judged are the probabilities that it makes of them.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { examine } from "../../../src/judging/examine.ts";
import { lossFits } from "../../../src/judging/law/lossFits.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const COUNT = 120;
const inputs = Array.from({ length: COUNT }, (_, row) => [Math.sin(row), Math.cos(2.3 * row)]);
const isOne = inputs.map(([a, b]) => ((a as number) * (b as number) > 0 ? 1 : 0));
const classes = inputs.map(([a, b]) => ((a as number) > 0.4 ? 0 : (b as number) > 0 ? 1 : 2));
const oneHot = classes.map((label) => [0, 1, 2].map((place) => Number(place === label)));

function configOf(
  loss: "binaryCrossentropy" | "categoricalCrossentropy",
  { activation, fromLogits }: { activation?: "sigmoid" | "softmax"; fromLogits: boolean },
) {
  const binary = loss === "binaryCrossentropy";
  return defineSubject({
    name: "logits",
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 24, activation: "relu", inputShape: [2] }),
          layers.dense({ units: binary ? 1 : 3, ...(activation && { activation }) }),
        ],
      }),
    examples: { train: { inputs, targets: binary ? isOne : oneHot } },
    classification: true,
    training: { loss: { name: loss, fromLogits }, optimizer: { learningRate: 0.03 }, steps: 300 },
  }).config();
}

async function outcomeOf(config: ReturnType<typeof configOf>) {
  return trainAndDiagnose(await createSubject(config), { thresholds: config.thresholds });
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each(["binaryCrossentropy", "categoricalCrossentropy"] as const)("%s of logits", (loss) => {
  test("is judged by probabilities, and every law holds", async () => {
    const config = configOf(loss, { fromLogits: true });
    const checked = await examine(await createSubject(config), {
      thresholds: config.thresholds,
      bitExact: true,
    });

    expect(checked.verdict).toBe("learns");
    expect(checked.laws.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([]);
    expect(checked.run.train.predictions.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test("of outputs that are probabilities already is named as the loss's fault", async () => {
    const activation = loss === "binaryCrossentropy" ? "sigmoid" : "softmax";
    const config = configOf(loss, { activation, fromLogits: true });
    const { laws, findings } = await examine(await createSubject(config), {
      thresholds: config.thresholds,
      bitExact: true,
      laws: [lossFits],
    });

    expect(laws.filter(({ holds }) => !holds).map(({ name }) => name)).toContain("lossFits");
    expect(findings[0]).toMatchObject({ cause: "wrong-loss" });
    expect(findings[0]?.evidence).toContain("probabilities already");
  });

  test("without fromLogits, outputs without an activation are named", async () => {
    const { findings } = await outcomeOf(configOf(loss, { fromLogits: false }));

    expect(findings.map(({ cause }) => cause)).toContain("wrong-output-activation");
  });
});
