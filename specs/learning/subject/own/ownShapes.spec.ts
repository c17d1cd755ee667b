import {
  add,
  div,
  exp,
  maximum,
  mean,
  mul,
  slice,
  square,
  sub,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { MisfitError } from "../../../../src/learning/subject/misfit/misfit.ts";
import { lossTargets, targetParts, targetTensors } from "../../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Loss = (targets: Tensor, predictions: Tensor) => Tensor;

const twoOutputs = () => sequential({ layers: [layers.dense({ inputShape: [1], units: 2 })] });

function subjectOf(
  loss: Loss | Loss[],
  buildModel: () => LayersModel = twoOutputs,
  targets: unknown = [0.5, 1, 3, 2],
) {
  const definition = {
    name: "own-shapes",
    loss,
    examples: { train: { inputs: [[0], [1], [2], [3]], targets } },
  };
  return createSubject(defineSubject({ ...definition, buildModel } as never).config());
}

/** The targets that the losses get. */
function tablesOf(examples: Examples) {
  return targetTensors(examples).map((table) => {
    const read = { shape: table.shape, values: [...table.dataSync()] };
    table.dispose();
    return read;
  });
}

const column = (table: Tensor, at: number) => slice(table, [0, at], [-1, 1]);

/** The outputs are a mean and the logarithm of a variance. */
const likelihood: Loss = (targets, predictions) =>
  mean(
    add(
      column(predictions, 1),
      div(square(sub(targets, column(predictions, 0))), exp(column(predictions, 1))),
    ),
  );

test("a loss that tells its outputs apart gets the targets in their own shape", async () => {
  const { train, buildModel } = await subjectOf(likelihood);
  const built = await buildModel(1);

  expect(built.outputs[0]?.shape).toEqual([null, 2]);
  built.dispose();
  expect(targetParts(train)[0]).toMatchObject({ shape: [2], ownShape: [1] });
  expect(tablesOf(train).map(({ shape }) => shape)).toEqual([[4, 1]]);
  expect([...train.targets]).toEqual([0.5, 0.5, 1, 1, 3, 3, 2, 2]);
  expect(train.misfit).toBeUndefined();
});

test("it does so beside targets of thousands, where small outputs are all alike to it", async () => {
  const quantiles: Loss = (targets, predictions) => {
    const [error, shares] = [sub(targets, predictions), tensor([[0.1, 0.9]])];
    return mean(maximum(mul(shares, error), mul(sub(shares, 1), error)));
  };
  const { train } = await subjectOf(quantiles, twoOutputs, [7000, 5000, 6000, 9000]);

  expect(targetParts(train)[0]).toMatchObject({ shape: [2], ownShape: [1] });
});

test("outputs that it compares with every target alike are a misfit: the twin", async () => {
  const broadcast: Loss = (targets, predictions) => mean(square(sub(targets, predictions)));
  const { buildModel } = await subjectOf(broadcast);

  await expect(async () => buildModel(1)).rejects.toBeInstanceOf(MisfitError);
});

test("a loss may take more numbers than the model puts out, such as a weight beside each target", async () => {
  const weighted: Loss = (targets, predictions) =>
    mean(mul(column(targets, 1), square(sub(column(targets, 0), predictions))));
  const one = () => sequential({ layers: [layers.dense({ inputShape: [1], units: 1 })] });
  const { train } = await subjectOf(weighted, one, [
    [0.5, 1],
    [1, 0],
    [3, 1],
    [2, 2],
  ]);
  const [part] = targetParts(train);

  expect(part).toMatchObject({ shape: [1], ownShape: [2] });
  expect(part && lossTargets(train, part)).toMatchObject({ shape: [2] });
  expect([...train.targets]).toEqual([0.5, 1, 3, 2]);
});

test("each output has a shape of its own", async () => {
  const twoHeads = () => {
    const given = input({ shape: [1] });
    const head = (name: string, units: number) => layers.dense({ name, units }).apply(given) as never;
    return model({ inputs: given, outputs: [head("spread", 2), head("plain", 1)] });
  };
  const squared: Loss = (targets, predictions) => mean(square(sub(targets, predictions)));
  const { train } = await subjectOf([likelihood, squared], twoHeads, {
    spread: [[1], [2], [3], [4]],
    plain: [[5], [6], [7], [8]],
  });

  expect(tablesOf(train).map(({ values }) => values)).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect([...train.targets]).toEqual([1, 1, 5, 2, 2, 6, 3, 3, 7, 4, 4, 8]);
});

/** Compares the two outputs with each other, as a triplet loss compares distances. */
const apart: Loss = (_, predictions) =>
  mean(maximum(add(sub(column(predictions, 0), column(predictions, 1)), 1), 0));

test.each([
  [
    "of the output's shape",
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ],
  ["of another shape", [0, 0, 0, 0]],
])("lets targets %s fill their place where the loss reads none", async (_, targets) => {
  const { train } = await subjectOf(apart, twoOutputs, targets);

  expect(targetParts(train)[0]?.arePlaceholders).toBe(true);
});

test.each([
  ["the loss reads them", likelihood, [1, 1, 1, 1]],
  [
    "they differ, so that the loss forgets them",
    apart,
    [
      [0, 1],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
] as const)("takes targets for targets where %s", async (_, loss, targets) => {
  const { train } = await subjectOf(loss, twoOutputs, targets);

  expect(targetParts(train)[0]?.arePlaceholders).toBeUndefined();
});
