import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

async function search(config: Config) {
  const failed = await trainAndDiagnose(await createSubject(config), config);
  return proveCure(config, failed, { bitExact: true });
}

const rows = (set: string, count: number) => {
  const shift = set === "train" ? 0 : 0.5;
  return Array.from({ length: count }, (_, row) => [Math.sin(row + shift), Math.cos(3 * (row + shift))]);
};

/** A subject of a project's own code: two inputs, and a product of both as its target. */
function own(
  name: string,
  parts: Partial<SubjectDefinition> & { units?: number; head?: "softmax" | "linear" },
) {
  const { units = 1, head = "linear", ...definition } = parts;
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
          layers.dense({ units, activation: head }),
        ],
      }),
    examples: ({ set, count }) => {
      const inputs = rows(set, count);
      return { inputs, targets: inputs.map(([a = 0, b = 0]) => [a * b + 0.5 * a]) };
    },
    data: { examples: 150, heldOut: 60 },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 30, steps: 300 },
    ...definition,
  }).config();
}

describe("class numbers under a loss for classes", () => {
  const threeClasses: Partial<SubjectDefinition> = {
    examples: ({ set, count }) => {
      const inputs = rows(set, count);
      return { inputs, targets: inputs.map(([a = 0, b = 0]) => [a + b < -0.4 ? 0 : a + b < 0.4 ? 1 : 2]) };
    },
  };
  const training = {
    loss: "categoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.01 },
    batchSize: 30,
    steps: 300,
  } as const;

  test("become classes with a unit each, and are never regressed", async () => {
    const { cure, attempts } = await search(own("numbers", { ...threeClasses, head: "softmax", training }));

    expect(cure?.values).toMatchObject({ "data.classNumbers": true, "rework.outputUnits": 3 });
    expect(attempts.map(({ config }) => config.training.loss)).not.toContainEqual({ name: "mse" });
  });

  test("are quantities under a loss for quantities: the twin", async () => {
    const { verdict, findings } = await trainAndDiagnose(
      await createSubject(own("quantities", threeClasses)),
      own("quantities", threeClasses),
    );

    expect(verdict).toBe("learns");
    expect(findings).toEqual([]);
  });
});

describe("a subject's own loss or optimizer", () => {
  test("is exchanged for a fitting loss where it climbs", async () => {
    const { cure } = await search(
      own("climbs", {
        loss: (targets, predictions) => tf.neg(tf.mean(tf.squaredDifference(targets, predictions))),
      }),
    );

    expect(cure?.change).toBe("the loss of the subject's own code → training.loss of the config");
    expect(cure?.config.training.loss).toEqual({ name: "mse" });
  });

  test("is exchanged for Adam where its steps are too large", async () => {
    const { cure } = await search(own("leaps", { optimizer: () => tf.train.sgd(20) }));

    expect(cure?.values).toMatchObject({ "training.optimizer": { name: "adam" } });
  });
});
