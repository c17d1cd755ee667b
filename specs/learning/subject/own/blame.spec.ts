import {
  mean,
  memory,
  train as optimizers,
  type Scalar,
  scalar,
  squaredDifference,
  sub,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../../src/foundation/input/inputError.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { defineProduct, products } from "../ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const boom = (): never => {
  throw new Error("boom");
};
const build = () =>
  sequential({ layers: [layers.dense({ inputShape: [2], units: 4 }), layers.dense({ units: 1 })] });
const meanSquaredError = (targets: Tensor, predictions: Tensor) =>
  mean(squaredDifference(targets, predictions)) as Scalar;

class Broken extends layers.Layer {
  static className = "Broken";
  override call(): never {
    return boom();
  }
  override computeOutputShape(shape: number[]) {
    return shape;
  }
}

/** What a run of the healthy subject with these parts ends with. */
async function failureOf(parts: object): Promise<InputError | null> {
  try {
    const own = defineProduct({
      name: "own",
      buildModel: build,
      examples: ({ count }) => products(count),
      data: { examples: 20, heldOut: 5 },
      training: { steps: 3 },
      ...parts,
    });
    await train(createSubject(own.config()));
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

let shared: LayersModel | undefined;

const THROWN: readonly [string, object, string][] = [
  ["buildModel", { buildModel: boom }, "buildModel threw: boom"],
  ["a rejecting buildModel", { buildModel: async () => boom() }, "buildModel threw: boom"],
  [
    "a buildModel that throws once it has made layers",
    { buildModel: () => boom.call(build()) },
    "buildModel threw: boom",
  ],
  ["examples", { examples: boom }, "examples threw: boom"],
  ["rejecting examples", { examples: async () => boom() }, "examples threw: boom"],
  [
    "a generator",
    {
      *examples() {
        yield { xs: [1, 2], ys: 1 };
        boom();
      },
    },
    "examples threw: boom",
  ],
  ["a loss", { loss: boom }, "loss threw: boom"],
  ["an optimizer", { optimizer: boom }, "optimizer threw: boom"],
  ["a step", { optimizer: () => ({ update: boom }) }, "optimizer.update threw: boom"],
  [
    "a stock-like step",
    { optimizer: () => ({ applyGradients: boom }) },
    "optimizer.applyGradients threw: boom",
  ],
  [
    "a layer",
    {
      buildModel: () => sequential({ layers: [layers.dense({ inputShape: [2], units: 1 }), new Broken({})] }),
    },
    "threw: boom",
  ],
];

const ANSWERED: readonly [string, object, string][] = [
  ["no model", { buildModel: () => null }, "buildModel must return a model of TensorFlow.js"],
  ["a number for a model", { buildModel: () => 5 }, "buildModel must return a model of TensorFlow.js"],
  ["a layer for a model", { buildModel: () => layers.dense({ units: 1 }) }, "buildModel must return a model"],
  ["a model without layers", { buildModel: () => sequential() }, "buildModel must return a model that knows"],
  [
    "a model without weights",
    {
      buildModel: () => sequential({ layers: [layers.activation({ inputShape: [2], activation: "relu" })] }),
    },
    "buildModel must return a model with weights",
  ],
  ["no examples", { examples: () => null }, "examples (train): must be { inputs, targets }"],
  [
    "a shape beyond all memory",
    { examples: () => ({ inputs: { shape: [1e9, 1e9], values: [] }, targets: [1] }) },
    "examples (train).inputs: must hold as many values",
  ],
  [
    "a shape below nothing",
    { examples: () => ({ inputs: { shape: [-20, 2], values: [] }, targets: [1] }) },
    "examples (train).inputs.shape: must be a list of whole numbers",
  ],
  [
    "no values",
    { examples: () => ({ inputs: { shape: [20, 2], values: null }, targets: [1] }) },
    "examples (train).inputs.values: must be lists of numbers",
  ],
  ["a number for a loss", { loss: () => 5 }, "loss must return a scalar tensor"],
  ["a table for a loss", { loss: (y: Tensor, p: Tensor) => sub(y, p) }, "loss must return"],
  [
    "a promise for a loss",
    { loss: async (y: Tensor, p: Tensor) => meanSquaredError(y, p) },
    "loss must return its value at once",
  ],
  ["a loss of nothing", { loss: () => scalar(1) }, "loss must depend on the predictions"],
  ["no optimizer", { optimizer: () => null }, "optimizer must return an optimizer"],
  [
    "a promise for a step",
    { optimizer: () => ({ update: async () => {} }) },
    "optimizer.update must move the weights at once",
  ],
];

describe("what a project's own code does wrong is told as its own, and no tensor stays", () => {
  test.each([...THROWN, ...ANSWERED])("%s", async (_what, parts, said) => {
    shared = undefined;
    const before = memory().numTensors;

    const failure = await failureOf(parts);

    expect(failure?.message).toContain(said);
    expect(failure?.message).not.toMatch(/Cannot read|is not a function|internal/);
    expect(memory().numTensors - before).toBe(0);
  });

  test("with the line of the user's code, and what was thrown as the cause", async () => {
    const failure = await failureOf({ buildModel: boom });

    expect(failure).toMatchObject({ code: "subject-failed", field: "subject own" });
    expect(failure?.message).toContain("specs/learning/subject/own/blame.spec.ts:");
    expect(failure?.cause).toMatchObject({ message: "boom" });
  });

  test("where a function cannot even be read, and for thrown values that are no errors", async () => {
    const unreadable = await failureOf({
      buildModel: () => (undefined as unknown as { a: () => never }).a(),
    });
    const five = await failureOf({
      buildModel: () => {
        throw 5;
      },
    });

    expect(unreadable?.message).toMatch(/^subject own: buildModel threw: .*\(got "TypeError"\)$/);
    expect(unreadable?.message).not.toContain("Cannot read");
    expect(five?.message).toContain("(got 5)");
  });

  test("the same model twice", async () => {
    const parts = { buildModel: () => (shared ??= build()) };
    shared = undefined;

    expect(await failureOf(parts)).toBeNull();
    expect((await failureOf(parts))?.message).toContain("must build the model and its layers anew");
  });
});

describe("what is right is taken", () => {
  test.each<[string, object]>([
    ["the subject as it is", {}],
    ["a model that comes later", { buildModel: async () => build() }],
    [
      "a loss of one value per example",
      { loss: (y: Tensor, p: Tensor) => mean(squaredDifference(y, p), -1) },
    ],
    ["an optimizer without dispose", { optimizer: () => ({ update() {} }) }],
    ["an optimizer of TensorFlow.js", { optimizer: () => optimizers.rmsprop(0.01) }],
  ])("%s", async (_what, parts) => {
    expect(await failureOf(parts)).toBeNull();
  });
});
