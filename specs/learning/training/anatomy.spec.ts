import { memory, type Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { noteVariables } from "../../../src/learning/subject/disposeModel.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import { needsBatchStatistics } from "../../../src/learning/training/batchStatistics.ts";
import { findUnseededLayer } from "../../../src/learning/training/findUnseededLayer.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { type AnyModel, anyModel, subjectOf } from "./anyModel.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const named = (name: string) => anyModel.find((one) => one.name === name) as AnyModel;
const vector = named("a frozen base").examples;
const chain = (list: layers.Layer[]) => sequential({ layers: list });

/** A chain of two dense layers with something between them. */
const around = (middle: layers.Layer, activation: "tanh" | "linear" = "tanh") =>
  chain([
    layers.dense({ units: 6, inputShape: [4], activation, name: "first" }),
    middle,
    layers.dense({ units: 1, name: "last" }),
  ]);

describe("the layers of a nested model", () => {
  test("have rows of their own, named behind the model that holds them", async () => {
    const { survey, trace } = await train(subjectOf(named("a Sequential base and a head")));

    const names = ["sequential1/dense1", "sequential1/dense2", "dense3"];
    expect(survey?.layers.map(({ layer }) => layer)).toEqual(names);
    expect(trace.probes[0]?.layers.map(({ deadFraction }) => deadFraction === null)).toEqual([
      false,
      true,
      true,
    ]);
    expect(survey?.nonlinearity).toBeGreaterThan(0.1);
  });

  test("stay as they are where the model is frozen, and the head moves", async () => {
    const { survey } = await train(subjectOf(named("a frozen base")));

    expect(survey?.layers.map(({ moved, trainable }) => [moved > 0, trainable])).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  test("pay their penalties", async () => {
    const { survey } = await train(subjectOf(named("l1 and l2 within nested and recurrent layers")));

    expect(survey?.penaltyShare).toBeGreaterThan(0.01);
  });
});

describe("whether layers do more than one linear layer", () => {
  test.each([
    ["no", "linear", 0],
    ["yes", "tanh", 0.01],
  ] as const)("is said of examples as they are: %s", async (_, activation, least) => {
    const build = () => around(new Same({}), activation);
    const { survey } = await train(
      subjectOf({ name: `as-they-are-${activation}`, examples: vector, build }, 1),
    );

    expect(survey?.nonlinearity).toBeGreaterThanOrEqual(least);
    if (activation === "linear") expect(survey?.nonlinearity).toBeLessThan(1e-4);
  });

  test("is asked of no number but those of the examples where a layer of one's own takes them", async () => {
    Picky.known.clear();
    for (const row of vector(40).inputs)
      for (const value of row) Picky.known.add(Math.fround(value as number));
    const build = () =>
      chain([
        new Picky({ inputShape: [4] }),
        layers.dense({ units: 4, activation: "tanh" }),
        layers.dense({ units: 1 }),
      ]);

    const run = await train(subjectOf({ name: "picky", examples: vector, build }, 2));

    expect(run.finite).toBe(true);
  });

  test.each([
    ["linear", false],
    ["tanh", true],
  ] as const)("is seen in whole numbers: %s", async (activation, bent) => {
    const examples = () => ({
      inputs: [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      targets: [0, 1, 1, 0],
    });
    const build = () =>
      chain([layers.dense({ units: 6, inputShape: [2], activation }), layers.dense({ units: 1 })]);

    const { survey } = await train(subjectOf({ name: `xor-${activation}`, examples, build }, 2));

    expect((survey?.nonlinearity ?? -1) > 0.01).toBe(bent);
  });
});

/** Passes its input on. */
class Same extends layers.Layer {
  static readonly className: string = "Same";
  override call(inputs: Tensor | Tensor[]): Tensor {
    return ((Array.isArray(inputs) ? inputs[0] : inputs) as Tensor).clone();
  }
}

/** Refuses numbers that it was not told of. */
class Picky extends Same {
  static override readonly className = "Picky";
  static readonly known = new Set<number>();
  override call(inputs: Tensor | Tensor[]): Tensor {
    const answer = super.call(inputs);
    for (const value of answer.dataSync()) if (!Picky.known.has(value)) throw new RangeError(`got ${value}`);
    return answer;
  }
}

/** Answers otherwise at each call, from no source that a seed governs. */
class Drifting extends Same {
  static override readonly className = "Drifting";
  static calls = 0;
  override call(inputs: Tensor | Tensor[]): Tensor {
    return super.call(inputs).mul(1 + ++Drifting.calls / 1000);
  }
}

describe("a run that differs from itself", () => {
  test("is traced to the layer that draws unseeded", async () => {
    const build = () => around(new Drifting({ name: "drift" }));

    const found = await findUnseededLayer(await subjectOf({ name: "drifting", examples: vector, build }));

    expect(found).toEqual({ layer: "drift", differs: "answers" });
  });
});

describe("batch normalisation", () => {
  test("is told from other layers", async () => {
    for (const [name, needs] of [
      ["batch normalisation", true],
      ["a frozen base", false],
    ] as const) {
      const disposeModel = noteVariables();
      const model = named(name).build();
      expect(needsBatchStatistics(model)).toBe(needs);
      disposeModel(model);
    }
  });

  test("at a momentum of 0.99 is judged with the statistics of its examples too", async () => {
    const build = () => around(layers.batchNormalization({ momentum: 0.99 }));
    const { survey } = await train(subjectOf({ name: "lagging", examples: vector, build }, 60));

    const { withAverages = 0, withOwn = 1 } = survey?.batchStatistics ?? {};
    expect(withOwn).toBeLessThan(0.5 * withAverages);
  });
});

describe("a run that fails leaves no tensor behind, and says the first error", () => {
  const subject = () => subjectOf(named("a frozen base"));
  const failing: [string, (of: Subject) => Subject, string][] = [
    [
      "a loss that throws",
      (of) => ({
        ...of,
        loss: () => {
          throw new Error("bad loss");
        },
      }),
      "bad loss",
    ],
    [
      "an optimizer that cannot be made",
      (of) => ({
        ...of,
        optimizer: () => {
          throw new Error("none");
        },
      }),
      "none",
    ],
    [
      "an optimizer that throws twice",
      (of) => ({
        ...of,
        optimizer: () => ({
          update() {
            throw new Error("first");
          },
          dispose() {
            throw new Error("second");
          },
        }),
      }),
      "first",
    ],
  ];

  test.each(failing)("%s", async (_, fault, message) => {
    const before = memory().numTensors;

    await expect(train(fault(await subject()))).rejects.toThrow(message);

    expect(memory().numTensors).toBe(before);
  });

  test("nor does one that runs beside another change it", async () => {
    const entry = named("every noise layer");
    const alone = await train(subjectOf(entry, 6));
    const drawBefore = Math.random;

    const both = await Promise.all([train(subjectOf(entry, 6)), train(subjectOf(entry, 6))]);

    expect(both.map(({ digest }) => digest)).toEqual([alone.digest, alone.digest]);
    expect(Math.random).toBe(drawBefore);
  });
});
