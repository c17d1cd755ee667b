import { dispose, keep, memory, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import type { SubjectDefinition } from "../../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { defineProduct } from "../ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const inputs = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
];
const targets = [[2], [12], [30], [56]];
const rows = inputs.map((xs, index) => ({ xs, ys: targets[index]?.[0] as number }));

/** A dataset as TensorFlow.js's data package makes it: its rows come later, in tensors. */
function dataset(items: readonly object[]) {
  return {
    async iterator() {
      const left = items.map((item) => item);
      return {
        async next() {
          const value = left.shift();
          return { value, done: value === undefined };
        },
      };
    },
    async forEachAsync() {},
  };
}

/** Tensors of the caller's, which reading leaves alone. */
const owned: Tensor[] = [];
function mine(one: Tensor): Tensor {
  owned.push(one);
  return one;
}

afterEach(() => {
  expect(owned.filter(({ isDisposed }) => isDisposed)).toEqual([]);
  dispose(owned.splice(0));
});

async function read(examples: unknown) {
  const own = defineProduct({
    name: "read",
    examples: examples as SubjectDefinition["examples"],
    ...(typeof examples === "function" && { data: { examples: 4, heldOut: 0 } }),
  });
  const { train } = await createSubject(own.config());
  return { inputs: [...train.inputs], shape: train.inputShape, targets: [...train.targets] };
}

const all = { inputs: [1, 2, 3, 4, 5, 6, 7, 8], shape: [2], targets: [2, 12, 30, 56] };

describe("examples are the same, however they are written", () => {
  test.each<[string, () => unknown]>([
    ["nested lists", () => ({ train: { inputs, targets } })],
    ["under TensorFlow.js's names", () => ({ train: { x: inputs, y: targets } })],
    ["tensors", () => ({ train: { xs: mine(tensor2d(inputs)), ys: mine(tensor2d(targets)) } })],
    ["a flat typed array", () => ({ train: { inputs: Float32Array.from(inputs.flat()), targets } })],
    [
      "a shape and its values",
      () => ({ train: { inputs: { shape: [4, 2], values: inputs.flat() }, targets: [2, 12, 30, 56] } }),
    ],
    ["a function", () => () => ({ inputs, targets })],
    ["a function that answers later", () => async () => ({ inputs, targets })],
    ["a function that gives tensors", () => () => ({ inputs: tensor2d(inputs), targets: tensor2d(targets) })],
    [
      "a generator",
      () =>
        function* () {
          yield* rows;
          yield { xs: [9, 9], ys: 9 };
        },
    ],
    [
      "a generator that comes later",
      () =>
        async function* () {
          yield* rows;
        },
    ],
    [
      "a generator of batches",
      () =>
        function* () {
          yield { inputs: inputs.slice(0, 3), targets: targets.slice(0, 3) };
          yield { inputs: inputs.slice(2), targets: targets.slice(2) };
        },
    ],
    ["a dataset", () => () => dataset(rows.map(({ xs, ys }) => ({ xs: tensor1d(xs), ys: tensor1d([ys]) })))],
    ["a dataset of batches", () => () => dataset([{ xs: tensor2d(inputs), ys: tensor2d(targets) }])],
  ])("%s", async (name, write) => {
    if (name === "a generator of batches") {
      const overlapping = await read(write());
      expect(overlapping).toEqual({ ...all, inputs: [1, 2, 3, 4, 5, 6, 5, 6], targets: [2, 12, 30, 30] });
      return;
    }
    expect(await read(write())).toEqual(all);
  });

  test("and a function's own tensors do not stay, but those that it keeps", async () => {
    const kept = tensor2d(inputs);
    keep(kept);
    const before = memory().numTensors;

    await read(() => ({ inputs: tensor2d(inputs), targets: tensor2d(targets) }));
    expect(memory().numTensors).toBe(before);
    await read(() => ({ inputs: kept, targets }));
    expect(kept.isDisposed).toBe(false);
    kept.dispose();
  });

  test("and a flat typed array takes the model's shape", async () => {
    const own = defineProduct({
      name: "pictures",
      examples: { train: { inputs: Float32Array.from({ length: 24 }, (_, at) => at), targets: [1, 2] } },
      buildModel: () =>
        sequential({ layers: [layers.flatten({ inputShape: [2, 3, 2] }), layers.dense({ units: 1 })] }),
    });

    expect((await createSubject(own.config())).train.inputShape).toEqual([2, 3, 2]);
  });

  test.each<[string, unknown, string]>([
    [
      "fewer than asked for",
      function* () {
        yield* rows.slice(1);
      },
      "as many examples as are asked for, 4",
    ],
    ["none", function* () {}, "must give at least one example"],
    [
      "rows of two lengths",
      function* () {
        yield { xs: [1], ys: 1 };
        yield* rows;
      },
      "must have one shape, [1]",
    ],
    [
      "a row without targets",
      function* () {
        yield { xs: [1, 2] };
      },
      "targets: must be lists of numbers",
    ],
    ["a promise of nothing", async () => undefined, "must be { inputs, targets }"],
    ["numbers that are none", () => ({ inputs, targets: [1, 2, 3, Number.NaN] }), "must be finite numbers"],
    [
      "a number that is none, by example and column",
      () => ({
        inputs: [
          [1, 2],
          [3, Number.NaN],
          [5, 6],
          [7, 8],
        ],
        targets: [1, 2, 3, 4],
      }),
      "is none in example 1, column 1 (from 0)",
    ],
    [
      "a number that is none, by its place in an example of several axes",
      () => ({
        inputs: [
          [[1], [2]],
          [[3], [Number.NaN]],
        ],
        targets: [1, 2],
      }),
      "is none in example 1, place 1, 0 (from 0)",
    ],
  ])("refuses %s", async (_what, examples, said) => {
    await expect(read(examples)).rejects.toThrow(said);
  });
});
