import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { readTraining } from "../../../../src/learning/subject/program/readTraining.ts";
import type { TrainingCall } from "../../../../src/learning/subject/program/trainingCall.ts";
import { watchTraining } from "../../../../src/learning/subject/program/watchTraining.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const INPUTS = [[0], [1], [2], [3], [4], [5], [6], [7], [8], [9]];

interface Given {
  readonly model: LayersModel;
  readonly other: LayersModel;
  readonly x: Tensor;
  readonly y: Tensor;
}

function compiled(): LayersModel {
  const model = sequential({ layers: [layers.dense({ inputShape: [1], units: 1 })] });
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  return model;
}

/** Writes down the calls of a piece of a program. */
async function watch(program: (given: Given) => Promise<unknown>): Promise<readonly TrainingCall[]> {
  const given = {
    model: compiled(),
    other: compiled(),
    x: tensor2d(INPUTS),
    y: tensor2d(INPUTS.map(([value]) => [2 * (value as number)])),
  };
  const watched = watchTraining({
    asked: 1,
    onCall: () => undefined,
    onFault(fault) {
      throw fault;
    },
  });
  try {
    await program(given);
  } finally {
    watched.stop();
    given.x.dispose();
    given.y.dispose();
    given.model.dispose();
    given.other.dispose();
  }
  return watched.calls;
}

const read = async (program: (given: Given) => Promise<unknown>) =>
  readTraining(await watch(program), "train.js");

test("a call of fit says rows, steps and batches, and trains nothing", async () => {
  let moved = true;
  const { training, data, notes } = await read(async ({ model, x, y }) => {
    const before = model.getWeights()[0]?.dataSync()[0];
    await model.fit(x, y, { epochs: 7, batchSize: 4, validationSplit: 0.2, shuffle: false });
    moved = model.getWeights()[0]?.dataSync()[0] !== before;
  });

  expect(moved).toBe(false);
  expect(training).toMatchObject({ steps: 14, batchSize: 4, shuffle: false });
  expect(data.x).toMatchObject([{ shape: [8, 1] }]);
  expect(data.validationData).toMatchObject({ x: [{ shape: [2, 1] }] });
  expect(notes).toEqual([]);
});

test("a share that cuts a row in two holds that row out, as TensorFlow.js does", async () => {
  const { data } = await read(({ model, x, y }) => model.fit(x, y, { validationSplit: 0.25 }));

  expect(data.x).toMatchObject([{ shape: [7, 1] }]);
  expect(data.validationData).toMatchObject({ x: [{ shape: [3, 1] }] });
});

test("calls in a loop over the same rows are one training of each row once", async () => {
  const { training, data, notes } = await read(async ({ model, x, y }) => {
    for (let epoch = 0; epoch < 5; epoch++) await model.fit(x, y, { epochs: 2, batchSize: 5 });
  });

  expect(training).toMatchObject({ steps: 20, shuffle: true });
  expect(data.x).toMatchObject([{ shape: [10, 1] }]);
  expect(notes).toEqual(["5 calls of fit are taken as one training"]);
});

test.each([
  { order: "the same", reversed: false, shuffle: false },
  { order: "another", reversed: true, shuffle: true },
])("batches that a program takes in $order order each time say so", async ({ reversed, shuffle }) => {
  const { training, data } = await read(async ({ model, x, y }) => {
    for (let epoch = 0; epoch < 4; epoch++)
      for (const half of reversed && epoch % 2 === 1 ? [1, 0] : [0, 1]) {
        const parts = [x, y].map((whole) => (whole as Tensor).slice([5 * half, 0], [5, 1]));
        await model.trainOnBatch(parts[0] as Tensor, parts[1] as Tensor);
        for (const part of parts) part.dispose();
      }
  });

  expect(training).toMatchObject({ steps: 8, batchSize: 5, shuffle });
  expect(data.x).toMatchObject([{ shape: [10, 1] }]);
});

test("a dataset that repeats itself gives the rows of one pass, and the steps of all", async () => {
  const dataset = {
    forEachAsync: async () => undefined,
    async iterator() {
      const parts = [0, 1, 2];
      return {
        async next() {
          const part = parts.shift();
          if (part === undefined) return { value: null, done: true };
          const rows = [[part], [part + 10]];
          return { value: { xs: tensor2d(rows), ys: tensor2d(rows) }, done: false };
        },
      };
    },
  };
  const { training, data } = await read(({ model }) => model.fitDataset(dataset as never, { epochs: 6 }));

  expect(training).toMatchObject({ steps: 18, batchSize: 2, shuffle: false });
  expect(data.x).toMatchObject([{ shape: [6, 1] }]);
});

test("numbers that are missing are filled, and named", async () => {
  const { gaps, data } = await read(async ({ model, y }) => {
    const x = tensor2d(INPUTS.map(([value], row) => [row === 3 ? Number.NaN : (value as number)]));
    await model.fit(x, y, { epochs: 1 });
    x.dispose();
  });

  expect(gaps).toMatchObject({ count: 10, where: "the only column of the inputs" });
  const [table] = data.x as unknown as readonly { values: Float32Array }[];
  expect(table?.values.every(Number.isFinite)).toBe(true);
});

test("models that are trained in turns are refused, and one after the other are not: the twin", async () => {
  const turns = watch(async ({ model, other, x, y }) => {
    for (const one of [model, other, model]) await one.fit(x, y);
  });
  await expect(turns.then((calls) => readTraining(calls, "train.js"))).rejects.toThrow(
    "must train one model after the other",
  );

  const { notes } = await read(async ({ model, other, x, y }) => {
    for (const one of [model, model, other]) await one.fit(x, y);
  });
  expect(notes).toContainEqual(expect.stringContaining("--fit 2"));
});

test("targets of the network's own answers are refused, and a look at its answers is not: the twin", async () => {
  const training = (drift: number) =>
    watch(async ({ model, x, y }) => {
      for (let call = 0; call < 5; call++) {
        (model.predict(x) as Tensor).dispose();
        const moved = y.add(drift * call) as Tensor;
        await model.fit(x, moved);
        moved.dispose();
      }
    });

  const moving = await training(0.1);
  expect(() => readTraining(moving, "train.js")).toThrow("must have targets that stay");
  expect(readTraining(await training(0), "train.js").training).toMatchObject({ steps: 5 });
});
