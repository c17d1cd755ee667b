import { dispose, losses, mean, square, sub, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { defineCompiledModel } from "../../../src/learning/subject/compiled/compiledModel.ts";
import type { ModelData } from "../../../src/learning/subject/compiled/modelData.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { buildTwoByTwo, COUNT, kind, picture, price, twoByTwo, vector } from "./severalParts.ts";

const tensors: Record<"picture" | "vector" | "price" | "kind", Tensor> = {} as never;
beforeAll(async () => {
  await startEngineUnderTest();
  tensors.picture = tensor(picture, [COUNT, 4, 4, 1]);
  tensors.vector = tensor(vector, [COUNT, 3]);
  tensors.price = tensor(price, [COUNT, 1]);
  tensors.kind = tensor(kind, [COUNT]);
});
afterAll(() => dispose(Object.values(tensors)));

type Changes = { readonly [Field in keyof SubjectDefinition]?: unknown };

function define(changes: Changes = {}) {
  return defineSubject({ ...twoByTwo, ...changes } as unknown as SubjectDefinition);
}

async function digestOf(changes: Changes = {}): Promise<string> {
  const config = define(changes).config({ training: { steps: 5 } });
  return (await train(createSubject(config), { probes: false })).digest;
}

describe("several inputs and outputs", () => {
  test("stand side by side in a row, under the names of the model's layers", async () => {
    const subject = await createSubject(define().config());

    expect(subject.train).toMatchObject({
      count: COUNT,
      inputShape: [19],
      outputs: 4,
      inputParts: [
        { name: "picture", shape: [4, 4, 1] },
        { name: "vector", shape: [3] },
      ],
      targetParts: [
        { name: "price", shape: [1], classification: false },
        { name: "kind", shape: [3], classification: true },
      ],
    });
    expect([...subject.train.inputs.subarray(16, 19)]).toEqual([...vector.subarray(0, 3)]);
    expect(subject.train.targets[0]).toBe(price[0]);
    expect(subject.train.targets[1 + (kind[0] as number)]).toBe(1);
  });

  test("train the same bits, however they are written", async () => {
    const digest = await digestOf();
    const inNames = { inputs: { vector: tensors.vector, picture: tensors.picture } };
    const inOrder = { inputs: [tensors.picture, tensors.vector] };
    const rows = (of: Float32Array, size: number) =>
      Array.from({ length: COUNT }, (_, row) => [...of.subarray(row * size, (row + 1) * size)]);

    for (const train of [
      { ...inNames, targets: { kind: tensors.kind, price: tensors.price } },
      { ...inOrder, targets: [tensors.price, tensors.kind] },
      {
        xs: { vector: rows(vector, 3), picture: tensors.picture },
        ys: { price: [...price], kind: [...kind] },
      },
    ])
      expect(await digestOf({ examples: { train } })).toBe(digest);
    const generator = function* () {
      for (let row = 0; row < COUNT; row++)
        yield {
          xs: {
            picture: { shape: [4, 4, 1], values: picture.subarray(row * 16, (row + 1) * 16) },
            vector: vector.subarray(row * 3, (row + 1) * 3),
          },
          ys: { price: price[row] as number, kind: kind[row] as number },
        };
    };
    expect(await digestOf({ examples: generator, data: { examples: COUNT, heldOut: 0 } })).toBe(digest);
    expect(await digestOf({ loss: ["mse", "sparseCategoricalCrossentropy"] })).toBe(digest);
    const other = { inputs: { picture, vector: vector.map((value) => -value) }, targets: { price, kind } };
    expect(await digestOf({ examples: { train: other } })).not.toBe(digest);
  });

  test("train other bits if classes, examples or outputs have weights", async () => {
    const digest = await digestOf();
    const single = {
      name: "one",
      buildModel: () =>
        sequential({ layers: [layers.dense({ inputShape: [3], units: 1, activation: "sigmoid" })] }),
    };
    const of = (more: object) =>
      digestOf({
        ...single,
        examples: { train: { inputs: tensors.vector, targets: kind.map((value) => Math.min(1, value)) } },
        classification: true,
        loss: "binaryCrossentropy",
        ...more,
      });

    expect(await digestOf({ lossWeights: { price: 1, kind: 1 } })).toBe(digest);
    expect(await digestOf({ lossWeights: { price: 2 } })).not.toBe(digest);
    expect(await digestOf({ classWeight: { kind: { 0: 1, 1: 1, 2: 5 } } })).not.toBe(digest);
    expect(await of({ classWeight: { 0: 1, 1: 5 } })).toBe(await of({ classWeight: { 0: 1, 1: 5 } }));
    expect(await of({ classWeight: { 0: 1, 1: 5 } })).not.toBe(await of({}));
  });

  test("train a compiled model as tfjs compiled it, each output with its own loss", async () => {
    const compiled = async (loss: object, data: Partial<ModelData> = {}) => {
      const model = buildTwoByTwo();
      model.compile({ loss: loss as never, optimizer: "adam" });
      const x = { picture: tensors.picture, vector: tensors.vector };
      const defined = await defineCompiledModel(model, { x, y: [tensors.price, tensors.kind], ...data });
      model.dispose();
      const subject = await createSubject(defined.config({ training: { steps: 5 } }));
      return (await train(subject, { probes: false })).digest;
    };
    const named = { price: "meanSquaredError", kind: "sparseCategoricalCrossentropy" };
    const digest = await compiled(named);

    expect(await compiled(["meanSquaredError", "sparseCategoricalCrossentropy"])).toBe(digest);
    expect(await compiled(named, { lossWeights: { price: 1, kind: 1 } })).toBe(digest);
    expect(await compiled({ ...named, price: "meanAbsoluteError" })).not.toBe(digest);
    expect(await compiled(named, { lossWeights: { kind: 2 } })).not.toBe(digest);
  });

  test("may have outputs of any rank, and sparse labels at each position", async () => {
    const labels = kind.subarray(0, 64).map((value) => Math.min(1, value));
    const own = define({
      name: "pixels",
      buildModel: () =>
        sequential({
          layers: [
            layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 1, activation: "softmax" }),
          ],
        }),
      examples: {
        train: {
          inputs: { shape: [4, 4, 4, 1], values: picture.subarray(0, 64) },
          targets: { shape: [4, 4, 4], values: labels },
        },
      },
      loss: "sparseCategoricalCrossentropy",
    });
    const { train: examples } = await createSubject(own.config());

    expect(examples).toMatchObject({
      outputs: 32,
      targetParts: [{ name: "output 0", shape: [4, 4, 2], classification: true }],
    });
    expect([...examples.targets.subarray(0, 4)]).toEqual(
      [...labels.subarray(0, 2)].flatMap((label) => [1 - label, label]),
    );
  });
});

describe("what does not fit the model is refused by its field", () => {
  const wrong = (inputs: object, targets: object = { price, kind }): Changes => ({
    examples: { train: { inputs, targets } },
  });
  test.each<[string, string, () => Changes]>([
    [
      "examples.train.inputs.sound",
      "is no input of the model, whose inputs are picture, vector",
      () => wrong({ picture, sound: vector }),
    ],
    ["examples.train.inputs.vector", "must be given", () => wrong({ picture })],
    [
      "examples.train.targets.size",
      "is no output of the model",
      () => wrong({ picture, vector }, { price, size: kind }),
    ],
    ["model", "must take one input of shape [4, 4, 1]", () => wrong([tensors.picture])],
    [
      "examples.train.inputs",
      "one table for each input of the model, which has 2 (picture, vector)",
      () => wrong([tensors.picture, tensors.vector, tensors.vector]),
    ],
    [
      "examples.train.inputs.vector",
      "must be as many",
      () => wrong({ picture: tensors.picture, vector: [[1, 2, 3]] }),
    ],
    ["loss", "must be one for each output of the model, which has 2", () => ({ loss: ["mse"] })],
    ["loss.size", "is no output of the model", () => ({ loss: { price: "mse", kind: "mse", size: "mse" } })],
    ["loss.kind", "must be given", () => ({ loss: { price: "mse" } })],
    ["loss.kind", "must be a function", () => ({ loss: { price: "mse", kind: "near" } })],
    ["lossWeights.size", "is no output of the model", () => ({ lossWeights: { size: 1 } })],
    ["lossWeights.price", "must be a number of 0 or more", () => ({ lossWeights: { price: -1 } })],
    [
      "classWeight.kind.3",
      "is no class of this output",
      () => ({ classWeight: { kind: { 0: 1, 1: 1, 2: 1, 3: 1 } } }),
    ],
    ["classWeight", "has no weight of class", () => ({ classWeight: { kind: { 0: 1 } } })],
    ["classWeight.price", "is not classes", () => ({ classWeight: { price: { 0: 1 } } })],
    [
      "examples.train.sampleWeight",
      "must be one number for each example",
      () => ({ examples: { train: { ...twoByTwo.examples.train, sampleWeight: [1] } } }),
    ],
    [
      "examples.train.sampleWeight",
      "must be 0 or more",
      () => ({
        examples: { train: { ...twoByTwo.examples.train, sampleWeight: vector.subarray(0, COUNT) } },
      }),
    ],
    ["model", "must take 2 inputs of shapes [3], [4, 4, 1]", () => wrong([tensors.vector, tensors.picture])],
  ])("%s: %s", async (field, rule, changes) => {
    const refused = await (async () => {
      const subject = await createSubject(define(changes()).config());
      await subject.buildModel(1);
      return null;
    })().catch((error: unknown) => error as InputError);

    expect(refused).toBeInstanceOf(InputError);
    expect(refused?.field).toBe(field);
    expect(refused?.message).toContain(rule);
  });

  test("weights need a loss with a value for each example", async () => {
    const weighted = {
      examples: { train: { ...twoByTwo.examples.train, sampleWeight: new Float32Array(COUNT).fill(2) } },
    };
    const scalar = (targets: Tensor, predictions: Tensor) => losses.meanSquaredError(targets, predictions);
    const loss = { price: scalar, kind: "sparseCategoricalCrossentropy" };

    await expect(
      digestOf({
        ...weighted,
        loss: { ...loss, price: (y: Tensor, p: Tensor) => mean(square(sub(p, y)), -1) },
      }),
    ).resolves.toBeDefined();
    await expect(digestOf({ ...weighted, loss })).rejects.toThrow("one value for each example");
  });
});
