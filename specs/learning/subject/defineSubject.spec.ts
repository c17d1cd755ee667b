import { losses, train as optimizers, type Scalar } from "@tensorflow/tfjs-core";
import { input, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import type { WrittenExamples } from "../../../src/learning/subject/own/writtenExamples.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import "../../../src/vitest/matchers.ts";
import { defineProduct, products } from "./ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Parts = Parameters<typeof defineProduct>[0];

function fieldOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.field;
    throw error;
  }
  return "accepted";
}

describe("a subject of one's own", () => {
  test("keeps every law, though nobody seeded its weights", async () => {
    const config = defineProduct().config();

    const check = await checkLaws(await createSubject(config), {
      thresholds: config.thresholds,
      bitExact: true,
    });

    expect(check.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(check.laws.map(({ name }) => name)).toContain("learnsTheSameTwice");
  });

  test("is known by its name to a config, and its settings to a model", async () => {
    defineProduct();
    const config = parseConfig({ subject: "own", name: "product", model: { units: 3 } });

    const built = await (await createSubject(config)).buildModel(1);

    expect(built.layers.map(({ name }) => name)).toEqual(["dense1", "dense2", "dense3"]);
    expect(built.countParams()).toBe(3 * 3 + 4 * 3 + 4);
    built.dispose();
  });

  test("is judged by the matchers as it stands, and a config of it", async () => {
    const own = defineProduct();

    await expect(own).toLearn();
    await expect(own).toOverfit();
    await expect(own.config({ rework: { kernelInitializer: "zeros" } })).toHaveCause(
      "symmetric-initialisation",
    );
    await expect(own.config({ rework: { kernelInitializer: "zeros" } })).not.toLearn();
  });

  test("is given other bits by another seed, other dropout and other settings, and by nothing else", async () => {
    const parts = {
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ inputShape: [2], units: 8, activation: "relu" }),
            layers.dropout({ rate: 0.5 }),
            layers.dense({ units: 1 }),
          ],
        }),
    } satisfies Parts;
    const own = defineProduct(parts);
    const digest = async (changes: object) =>
      (await train(await createSubject(own.config({ training: { steps: 5 }, ...changes })))).digest;
    const first = await digest({});

    expect(await digest({})).toBe(first);
    expect(await digest({ seed: 2 })).not.toBe(first);
    expect(await digest({ rework: { dropout: 0.2 } })).not.toBe(first);
  });

  test("may bring a loss and an optimizer of TensorFlow.js", async () => {
    const own = defineProduct({
      loss: (targets, predictions) => losses.meanSquaredError(targets, predictions) as Scalar,
      optimizer: () => optimizers.adam(0.01),
    });
    const stuck = defineProduct({ name: "stuck", optimizer: () => optimizers.sgd(0) });

    await expect(own).toLearn();
    await expect(stuck).not.toLearn();
  });

  test("keeps weights that its code has set, where it says so", async () => {
    const buildModel = () =>
      sequential({
        layers: [layers.dense({ inputShape: [2], units: 1, kernelInitializer: "glorotUniform" })],
      });
    const read = async (keepWeights: boolean, seed: number) => {
      const built = await (
        await createSubject(defineProduct({ buildModel, keepWeights }).config({ seed }))
      ).buildModel(seed);
      const weights = [...(built.getWeights()[0]?.dataSync() ?? [])];
      built.dispose();
      return weights;
    };

    expect(await read(false, 1)).toEqual(await read(false, 1));
    expect(await read(true, 1)).toEqual(await read(true, 1));
    expect(await read(true, 1)).not.toEqual(await read(false, 1));
  });

  test("is told a cause, and a cure that was tried, by its own layers", async () => {
    const config = defineProduct().config({ rework: { activation: "linear" } });
    const failed = await trainAndDiagnose(await createSubject(config), config);
    const { cure, causes } = await proveCure(config, failed, { bitExact: true });

    expect(causes[0]).toMatchObject({ cause: "missing-nonlinearity", status: "proven" });
    expect(cure?.change).toBe(
      'relu as the activation of every hidden layer (rework.activation "linear" → "relu")',
    );
  });

  test("may be a graph of layers that tells classes apart", async () => {
    const classes = ({ count, seed }: { count: number; seed: number }): WrittenExamples => ({
      inputs: Array.from({ length: count }, (_, index) => [
        [index % 3, (index * seed) % 5],
        [0, index % 2],
      ]),
      targets: Array.from({ length: count }, (_, index) =>
        [0, 1, 2].map((kind) => (kind === index % 3 ? 1 : 0)),
      ),
    });
    const own = defineProduct({
      name: "classes",
      classification: true,
      examples: classes,
      buildModel: () => {
        const grid = input({ shape: [2, 2] });
        const flat = layers.flatten().apply(grid);
        const hidden = layers.dense({ units: 12, activation: "tanh" }).apply(flat);
        const outputs = layers.dense({ units: 3, activation: "softmax" }).apply(hidden);
        return model({ inputs: grid, outputs: outputs as never });
      },
      training: { loss: { name: "categoricalCrossentropy" }, optimizer: { learningRate: 0.02 }, steps: 200 },
    });

    await expect(own).toLearn();
    await expect(own.config({ rework: { outputActivation: "relu" } })).toHaveCause("wrong-output-activation");
  });
});

describe("a definition is refused", () => {
  const given = products(4);

  test.each<[string, NonNullable<Parts>]>([
    ["name", { name: "two words" }],
    ["name", { name: "" }],
    ["examples.train.targets", { examples: { train: { ...given, targets: [1, 2] } } }],
    ["examples.train.inputs", { examples: { train: { ...given, inputs: [[1, 2], [3]] } } }],
    ["examples.train.inputs", { examples: { train: { ...given, inputs: [] } } }],
    ["examples.train.inputs", { examples: { train: { ...given, inputs: [[1, Number.NaN]] } } }],
    ["examples.train.inputs", { examples: { train: { ...given, inputs: { shape: [4, 2], values: [1] } } } }],
    [
      "examples.heldOut.inputs",
      { examples: { train: given, heldOut: { ...given, inputs: "four" as never } } },
    ],
  ])("for %s", (field, parts) => {
    expect(fieldOf(() => defineProduct(parts))).toBe(field);
    expect(fieldOf(() => defineProduct())).toBe("accepted");
  });

  test.each([
    ["name", { name: "nobody" }],
    ["model.depth", { model: { depth: 2 } }],
    ["model.units", { model: { units: "many" } }],
    ["data.spread", { data: { spread: 1 } }],
    ["data.examples", { data: { examples: 121 } }],
    ["data.classification", { data: { classification: true } }],
    ["training.steps", { training: { steps: 0 } }],
    ["rework.width", { rework: { width: 0 } }],
    ["rework.depth", { rework: { depth: 1 } }],
  ])("in a config, for %s", (field, changes) => {
    defineProduct();
    expect(fieldOf(() => parseConfig({ subject: "own", name: "product", ...changes }))).toBe(field);
    expect(fieldOf(() => parseConfig({ subject: "own", name: "product" }))).toBe("accepted");
  });

  test("where its model does not fit its examples, or gives fewer than it is asked for", async () => {
    const other = { buildModel: () => sequential({ layers: [layers.dense({ inputShape: [3], units: 1 })] }) };
    const few: SubjectDefinition["examples"] = () => products(2);

    await expect((await createSubject(defineProduct(other).config())).buildModel(1)).rejects.toThrow(
      "must take one input of shape [2]",
    );
    expect(fieldOf(() => createSubject(defineProduct({ examples: few }).config()))).toBe("examples (train)");
  });
});
