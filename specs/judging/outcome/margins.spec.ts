// A hinge asks for a margin, which answers that are right need not keep: the verdict counts wrong sides.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { verdictOf } from "./compass.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const COUNT = 160;
const inputs = Array.from({ length: COUNT }, (_, row) => [Math.sin(row * 1.7), Math.cos(row * 2.9)]);
const isInside = ([x = 0, y = 0]: readonly number[]) => x + y ** 2 > 0.4;

/** A classifier whose outputs stay far from −1 and 1, since its steps are few. */
const classifier = (changes: Partial<SubjectDefinition> = {}): SubjectDefinition => ({
  name: "margins",
  buildModel: () =>
    sequential({
      layers: [
        layers.dense({ units: 16, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 1, activation: "tanh" }),
        layers.rescaling({ scale: 0.25 }),
      ],
    }),
  examples: { train: { inputs, targets: inputs.map((row) => [isInside(row) ? 1 : -1]) } },
  loss: { name: "hinge" },
  training: { steps: 300, optimizer: { name: "adam", learningRate: 0.02 } },
  ...changes,
});

const measureOf = async (definition: SubjectDefinition) => {
  const subject: Subject = await createSubject(defineSubject(definition).config());
  return targetParts(subject.train)[0]?.measure?.name;
};

describe("a network trained under a hinge", () => {
  test("learns where its answers are on the right side, however near to 0", async () => {
    const { verdict, train } = await verdictOf(classifier());

    expect(train.errorMeasure?.name).toBe("wrongSigns");
    expect(train.nmse).toBeGreaterThan(0.5);
    expect(verdict).toBe("learns");
  });

  test("does not where the sides have nothing to do with the inputs: the twin", async () => {
    const targets = inputs.map((_, row) => [(row * 7919) % 13 < 6 ? 1 : -1]);
    const { verdict } = await verdictOf(classifier({ examples: { train: { inputs, targets } } }));

    expect(verdict).not.toBe("learns");
  });

  test("is judged by its squared error where its targets are no sides, or another loss trains it", async () => {
    const numbers = inputs.map(([x = 0]) => [x]);

    expect(await measureOf(classifier())).toBe("wrongSigns");
    expect(await measureOf(classifier({ loss: { name: "squaredHinge" } }))).toBe("wrongSigns");
    expect(await measureOf(classifier({ loss: { name: "mse" } }))).toBeUndefined();
    expect(
      await measureOf(classifier({ examples: { train: { inputs, targets: numbers } } })),
    ).toBeUndefined();
  });
});
