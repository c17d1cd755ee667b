import { serialization } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import "../../../src/learning/keras/layers/rectifiers.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Three classes of points, with an activation layer of its own behind the softmax. */
function classes(behind: "softmax" | "linear") {
  return defineSubject({
    name: `softmax-then-${behind}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 16, activation: "relu" }),
          layers.dense({ units: 3, activation: "softmax" }),
          layers.activation({ activation: behind }),
        ],
      }),
    examples: ({ set, count }) => {
      const angles = Array.from({ length: count }, (_, row) => row * 0.7 + (set === "train" ? 0 : 0.3));
      return {
        inputs: angles.map((angle) => [2 * Math.cos(angle), 2 * Math.sin(angle)]),
        targets: angles.map((angle) =>
          [0, 1, 2].map((k) => (Math.floor((angle % 6.2831) / 2.0944) === k ? 1 : 0)),
        ),
      };
    },
    data: { examples: 150, heldOut: 60, classification: true },
    training: {
      loss: { name: "categoricalCrossentropy" },
      optimizer: { name: "sgd", learningRate: 0.02 },
      batchSize: 30,
      steps: 300,
    },
  }).config();
}

describe("a softmax behind a softmax", () => {
  test("is named where the run fails, and one of the two is enough", async () => {
    const config = classes("softmax");
    const failed = await trainAndDiagnose(await createSubject(config), config);
    expect(failed.run.survey?.heads[0]).toMatchObject({ activation: "softmax", earlier: "softmax" });

    const { causes } = await proveCure(config, failed, { bitExact: true });
    expect(causes[0]).toMatchObject({ cause: "wrong-output-activation" });
    expect(causes[0]?.evidence).toContain("pass softmax and then softmax");
  });

  test("is not seen in a linear activation layer behind it: the twin", async () => {
    const config = classes("linear");
    const { run, findings } = await trainAndDiagnose(await createSubject(config), config);

    expect(run.survey?.heads[0]).toMatchObject({ activation: "softmax", earlier: null });
    expect(findings.map(({ evidence }) => evidence).join()).not.toContain("and then softmax");
  });
});

/** Keras's softmax layer, which takes any axis; importing its file registers it. */
function kerasSoftmax(axis: number) {
  const found = serialization.SerializationMap.getMap().classNameMap.KerasSoftmax;
  if (!found) throw new Error("Keras's softmax is not registered");
  const [Softmax] = found;
  return new Softmax({ axis }) as unknown as ReturnType<typeof layers.activation>;
}

/** A sequence of four steps, each of one of three classes. */
const sequence = (axis: number) =>
  defineSubject({
    name: `softmax-over-axis-${axis}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [4, 3], units: 12, activation: "relu" }),
          layers.dense({ units: 3 }),
          kerasSoftmax(axis),
        ],
      }),
    examples: ({ set, count }) => {
      const inputs = Array.from({ length: count }, (_, row) =>
        Array.from({ length: 4 }, (_, step) =>
          [0, 1, 2].map((k) => Math.sin(7 * row + 3 * step + 2 * k + (set === "train" ? 0 : 0.4))),
        ),
      );
      const targets = inputs.map((steps) =>
        steps.map((row) => row.map((value) => (value === Math.max(...row) ? 1 : 0))),
      );
      return { inputs, targets };
    },
    data: { examples: 100, heldOut: 40, classification: true },
    training: {
      loss: { name: "categoricalCrossentropy" },
      optimizer: { name: "adam", learningRate: 0.02 },
      batchSize: 20,
      steps: 150,
    },
  }).config();

describe("a softmax over the steps of a sequence", () => {
  test("makes the steps compete and not the classes, which is named and cured", async () => {
    const config = sequence(1);
    const failed = await trainAndDiagnose(await createSubject(config), config);
    expect(failed.run.survey?.heads[0]?.activation).toBe("softmax over axis 1");

    const { causes, cure } = await proveCure(config, failed, { bitExact: true });
    expect(causes[0]?.cause).toBe("wrong-output-activation");
    expect(cure?.values).toEqual({ "rework.outputActivation": "softmax" });
  });

  test.each([-1, 2])("is sound over axis %d, the last: the twin", async (axis) => {
    const config = sequence(axis);
    const { verdict, findings } = await trainAndDiagnose(await createSubject(config), config);

    expect(verdict).toBe("learns");
    expect(findings).toEqual([]);
  });
});

describe("a sigmoid behind units that are never negative", () => {
  /** Two kinds of points, told by their sum. */
  const kinds = (activation: "relu" | "linear", least = 0) =>
    defineSubject({
      name: `${activation}-then-sigmoid-from-${least}`,
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ inputShape: [2], units: 8, activation: "relu" }),
            layers.dense({ units: 1, activation }),
            layers.activation({ activation: "sigmoid" }),
          ],
        }),
      examples: ({ count }) => {
        const inputs = Array.from({ length: count }, (_, row) => [Math.sin(3 * row), Math.cos(5 * row)]);
        return { inputs, targets: inputs.map(([a = 0, b = 0]) => [a + b > 0 ? 1 : least]) };
      },
      data: { examples: 150, heldOut: 0, classification: least === 0 },
      training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 30, steps: 200 },
    }).config();
  const findingsOf = async (config: ReturnType<typeof kinds>) =>
    (await trainAndDiagnose(await createSubject(config), config)).findings.filter(
      ({ cause }) => cause === "wrong-output-activation",
    );

  test("never gives what lies below its middle", async () => {
    expect((await findingsOf(kinds("relu")))[0]?.evidence).toContain("never below 0.5");
  });

  test("is no fault behind other units, nor where no target lies there: the twins", async () => {
    expect(await findingsOf(kinds("linear"))).toEqual([]);
    expect(await findingsOf(kinds("relu", 0.6))).toEqual([]);
  });
});
