import { dispose, type Scalar, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createCriterion, type LossChoice } from "../../../src/learning/loss/criterion.ts";
import { defineCompiledModel } from "../../../src/learning/subject/compiled/compiledModel.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { type Examples, gather } from "../../../src/learning/subject/examples.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { planGradients, trainableVariables } from "../../../src/learning/training/gradients.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { buildTwoByTwo, COUNT, kind, picture, price, twoByTwo, vector } from "../subject/severalParts.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const subjectOf = (changes: object = {}) =>
  createSubject(defineSubject({ ...twoByTwo, ...changes } as unknown as SubjectDefinition).config());

interface Pass {
  readonly loss: number;
  readonly gradients: readonly number[][];
}

/** The loss and the gradients of a batch, at the initial weights. */
async function passOf(batch: Examples, choice: LossChoice): Promise<Pass> {
  const subject = await subjectOf();
  const model = await subject.buildModel(1);
  const { loss, gradients } = await planGradients(
    model,
    trainableVariables(model),
    createCriterion(choice),
  )(batch);
  const read = gradients.map((gradient) => [...((gradient?.dataSync() as Float32Array) ?? [])]);
  for (const gradient of gradients) gradient?.dispose();
  model.dispose();
  return { loss, gradients: read };
}

function expectClose(a: readonly number[][], b: readonly number[][]): void {
  expect(a.flat().length).toBe(b.flat().length);
  a.flat().forEach((value, index) => {
    expect(value).toBeCloseTo(b.flat()[index] as number, 5);
  });
}

const ofPrice = { name: "mse" } as const;
const ofKind = { name: "categoricalCrossentropy" } as const;
const both = (weights: readonly [number, number]): LossChoice => [
  { loss: ofPrice, weight: weights[0] },
  { loss: ofKind, weight: weights[1] },
];

describe("the loss of several outputs", () => {
  test("is the sum of their losses, each times its weight", async () => {
    const { train } = await subjectOf();
    const batch = gather(train, [0, 1, 2, 3, 4]);
    const [one, other] = [await passOf(batch, both([1, 0])), await passOf(batch, both([0, 1]))];

    const sum = await passOf(batch, both([2, 0.5]));

    expect(sum.loss).toBeCloseTo(2 * one.loss + 0.5 * other.loss, 5);
    expectClose(
      sum.gradients,
      one.gradients.map((values, index) =>
        values.map((value, at) => 2 * value + 0.5 * (other.gradients[index]?.[at] as number)),
      ),
    );
    expect(one.loss).not.toBeCloseTo(other.loss, 3);
  });
});

describe("the weights of examples", () => {
  const weighted = (weights: readonly number[]) =>
    subjectOf({
      examples: {
        train: {
          ...twoByTwo.examples.train,
          sampleWeight: Float32Array.from({ length: COUNT }, (_, row) => weights[row] ?? 1),
        },
      },
    });

  test("of 0 leave no trace in the gradient, whatever the example is", async () => {
    const { train, loss } = await weighted([1, 0, 1, 1]);
    const [with1, with9] = [gather(train, [0, 1, 2, 3]), gather(train, [0, 1, 2, 3])];
    with9.inputs.set(train.inputs.subarray(9 * 19, 10 * 19), 19);
    with9.targets.set(train.targets.subarray(9 * 4, 10 * 4), 4);
    const counted = { ...with9, weights: new Float32Array(8).fill(1) };

    const pass = await passOf(with1, loss);

    expect(await passOf(with9, loss)).toEqual(pass);
    expect((await passOf(counted, loss)).loss).not.toBeCloseTo(pass.loss, 3);
  });

  test("are a sum of weight times loss over the number of examples, as in Keras", async () => {
    const { train, loss } = await weighted([3, 0.5]);
    const single = async (row: number) =>
      passOf({ ...gather(train, [row]), weights: Float32Array.of(1, 1) }, loss);

    const pass = await passOf(gather(train, [0, 1]), loss);

    expect(pass.loss).toBeCloseTo((3 * (await single(0)).loss + 0.5 * (await single(1)).loss) / 2, 5);
  });

  test("of 1 are as none", async () => {
    const { train, loss } = await weighted([]);
    const { weights: _weights, ...plain } = gather(train, [0, 1, 2]);

    const [ones, none] = [await passOf(gather(train, [0, 1, 2]), loss), await passOf(plain, loss)];

    expect(ones.loss).toBeCloseTo(none.loss, 6);
    expectClose(ones.gradients, none.gradients);
  });

  test("of classes multiply those of examples, for their own output alone", async () => {
    const { train } = await subjectOf({ classWeight: { kind: { 0: 2, 1: 3, 2: 5 } } });
    const weightOf = (row: number) =>
      [2, 3, 5][train.targets.subarray(row * 4 + 1, row * 4 + 4).indexOf(1)] as number;
    const rows = Array.from({ length: COUNT }, (_, row) => row);

    expect(rows.map((row) => train.weights?.[2 * row])).toEqual(rows.map(() => 1));
    expect(rows.map((row) => train.weights?.[2 * row + 1])).toEqual(rows.map(weightOf));
  });
});

describe("the loss of a compiled model of several outputs", () => {
  test("is the one that TensorFlow.js evaluates", async () => {
    const model = buildTwoByTwo();
    const loss = { price: "meanSquaredError", kind: "sparseCategoricalCrossentropy" };
    model.compile({ loss, optimizer: "adam" });
    const x = [tensor(picture, [COUNT, 4, 4, 1]), tensor(vector, [COUNT, 3])];
    const y = [tensor(price, [COUNT, 1]), tensor(kind, [COUNT])];
    const defined = await defineCompiledModel(model, { x, y, keepWeights: true });
    const subject = await createSubject(defined.config());
    const batch = gather(
      subject.train,
      Array.from({ length: COUNT }, (_, row) => row),
    );
    const ours = await subject.buildModel(1);
    const criterion = createCriterion(subject.loss);

    const pass = await planGradients(ours, trainableVariables(ours), criterion)(batch);
    const stock = model.evaluate(x, y, { batchSize: COUNT }) as Scalar[];

    // TensorFlow.js gives the sums so far: the loss of the first output, then that of both.
    const [first, total] = stock.map((value) => value.dataSync()[0] as number);
    expect(pass.loss).toBeCloseTo(total as number, 4);
    expect(pass.loss).not.toBeCloseTo(first as number, 2);
    dispose([...x, ...y, ...stock, ...pass.gradients.filter((gradient) => gradient !== null)]);
    ours.dispose();
    model.dispose();
  });
});
