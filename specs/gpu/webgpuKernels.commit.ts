import { engine, setBackend, type Tensor, tensor, tidy, util } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { worstDifference } from "../../src/lab/engines/worstDifference.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import {
  adamUpdate,
  momentumUpdate,
  rmspropUpdate,
  sgdUpdate,
} from "../../src/learning/optimizer/optimizerUpdate.ts";
import { engineUnderTest } from "../engineUnderTest.ts";
import { type Geometry, geometries } from "../learning/engine/wasm/geometries.ts";
import { sayIfSkipped, whyNoWebgpu } from "./whyNoGpu.ts";

const missing = await whyNoWebgpu();
sayIfSkipped("webgpu", missing);

vi.setConfig({ testTimeout: 300_000 });

/** What float32 may lose in sums of some hundred terms. */
const ROUNDING = 1e-5;

describe.skipIf(missing !== null)("the kernels of webgpu", () => {
  beforeAll(() => startEngine({ name: "cpu" }));
  afterAll(() => startEngine({ name: engineUnderTest }));

  test("give the gradient of a filter, in parts and in one, for any geometry", async () => {
    await fc.assert(
      fc.asyncProperty(
        geometries.filter(({ dilations }) => dilations.every((dilation) => dilation === 1)),
        async (geometry) => {
          expect(await differenceOf(() => filterGradient(geometry))).toBeLessThan(ROUNDING);
        },
      ),
      { numRuns: 12, seed: 1 },
    );
  });

  test("another stride gives another gradient", async () => {
    const geometry = { ...PLAIN, xShape: [2, 8, 8, 3], outShape: [2, 8, 8, 5] } as Geometry;
    const [one, other] = [
      await valuesOn("webgpu", () => filterGradient(geometry)),
      await valuesOn("cpu", () =>
        filterGradient({
          ...geometry,
          pad: [
            [0, 0],
            [0, 2],
            [0, 2],
            [0, 0],
          ],
        }),
      ),
    ];

    expect(worstDifference(one, other)).toBeGreaterThan(100 * ROUNDING);
  });

  test.each([
    [[5, 7], [0]],
    [[300, 8], [0]],
    [[2100, 1], [0]],
    [
      [3, 5, 4, 6],
      [0, 1, 2],
    ],
    [
      [3, 5, 4, 6],
      [0, 1],
    ],
    [[3, 5], [1]],
    [
      [3, 5],
      [0, 1],
    ],
  ])("sum %j over %j", async (shape, axis) => {
    const sum = () => run("Sum", { x: random(shape) }, { axis, keepDims: false });

    expect(await differenceOf(sum)).toBeLessThan(ROUNDING);
  });

  test("let through the gradient of relu where its input is positive", async () => {
    const gradient = () =>
      run("ReluGrad", { dy: tensor([1, 2, 3, 4, Number.NaN, 6]), x: tensor([-1, 0, 0.5, 2, 1, -0.1]) });

    expect(await valuesOn("webgpu", gradient)).toEqual(Float32Array.of(0, 0, 3, 4, Number.NaN, 0));
  });

  const adam = {
    learningRate: 0.1,
    beta1: 0.9,
    beta2: 0.99,
    correction1: 0.1,
    correction2: 0.01,
    epsilon: 1e-3,
  };
  test.each([
    ["adam", () => adamUpdate(random([9]), random([9], 2), random([9], 3), squares([9]), adam)],
    ["sgd", () => sgdUpdate(random([9]), random([9], 2), { learningRate: 0.1 })],
    [
      "momentum",
      () => momentumUpdate(random([9]), random([9], 2), random([9], 3), { learningRate: 0.1, momentum: 0.5 }),
    ],
    [
      "rmsprop",
      () =>
        rmspropUpdate(random([9]), random([9], 2), squares([9]), {
          learningRate: 0.1,
          decay: 0.9,
          epsilon: 1e-3,
        }),
    ],
  ])("update weights and moments: %s", async (_, update) => {
    const count = await onBackend("cpu", () => tidy(() => update().length));
    for (let result = 0; result < count; result++)
      expect(await differenceOf(() => update()[result] as Tensor)).toBeLessThan(ROUNDING);
  });

  test("compute with the numbers of their own step, where several steps wait for one submit", async () => {
    const weights = await valuesOn("webgpu", () => {
      let state = tensor([1]);
      for (let step = 1; step <= 100; step++)
        [state] = sgdUpdate(state, tensor([1]), { learningRate: 1 / step });
      return state;
    });

    expect(weights[0]).toBeCloseTo(
      1 - Array.from({ length: 100 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b),
      4,
    );
  });

  test("read what was uploaded before the buffer was used again", async () => {
    const sums = await valuesOn("webgpu", () => {
      let total = run("Sum", { x: tensor([[0, 0]]) }, { axis: [0], keepDims: false });
      for (let value = 1; value <= 50; value++) {
        const next = tensor([[value, 2 * value]]);
        const row = run("Sum", { x: next }, { axis: [0], keepDims: false });
        next.dispose();
        total = run("Add", { a: total, b: row });
        row.dispose();
      }
      return total;
    });

    expect([...sums]).toEqual([1275, 2550]);
  });
});

const PLAIN: Omit<Geometry, "xShape" | "outShape"> = {
  filterShape: [3, 3, 3, 5],
  strides: [1, 1],
  dilations: [1, 1],
  pad: "same",
};

function filterGradient({ xShape, filterShape, strides, pad, outShape }: Geometry): Tensor {
  const inputs = { x: random(xShape), dy: random(outShape, 2) };
  return run("Conv2DBackpropFilter", inputs, { strides, pad, dataFormat: "NHWC", filterShape });
}

function run(kernel: string, inputs: Record<string, Tensor>, attributes: object = {}): Tensor {
  return engine().runKernel(kernel, inputs, attributes as Record<string, number>) as Tensor;
}

function random(shape: readonly number[], seed = 1): Tensor {
  const { uniform } = seedStream(seed, "kernels");
  const values = Float32Array.from({ length: util.sizeFromShape([...shape]) }, () => 2 * uniform() - 1);
  return tensor(values, [...shape]);
}

function squares(shape: readonly number[]): Tensor {
  return run("Square", { x: random(shape, 4) });
}

/** The largest difference of the values on webgpu and on cpu, over the largest value. */
async function differenceOf(compute: () => Tensor): Promise<number> {
  return worstDifference(await valuesOn("webgpu", compute), await valuesOn("cpu", compute));
}

function valuesOn(name: "webgpu" | "cpu", compute: () => Tensor): Promise<Float32Array> {
  return onBackend(name, async () => {
    const result = tidy(compute);
    const values = await result.data<"float32">();
    result.dispose();
    return values;
  });
}

async function onBackend<Result>(name: string, compute: () => Result): Promise<Awaited<Result>> {
  await setBackend(name);
  return await compute();
}
