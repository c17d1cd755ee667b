import { cast, clone, grad, memory, relu, square, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { answer, randomValues, relativeError, startEngines, type Values } from "./kernels.ts";

beforeAll(() => startEngines("Relu", "Relu6", "ClipByValue", "Cast", "Sum"));

/** NaN with its sign bit set, as x86 makes it, and without; the infinities; both zeros. */
const SPECIAL: Values = {
  shape: [8],
  values: new Float32Array(
    new Uint32Array([0xffc00000, 0x7fc00000, 0xff800000, 0x7f800000, 0x80000000, 0, 0xc0e00000, 0x40e00000])
      .buffer,
  ),
};

describe.each([
  ["Relu", {}],
  ["Relu6", {}],
  ["LeakyRelu", { alpha: 0.2 }],
  ["Step", { alpha: 0 }],
  ["Elu", {}],
  ["Sigmoid", {}],
  ["Tanh", {}],
  ["ClipByValue", { clipValueMin: -1, clipValueMax: 1 }],
])("%s", (name, attributes) => {
  test("treats NaN of either sign and the infinities as the cpu backend", () => {
    const got = answer("wasm", name, { x: SPECIAL }, attributes);

    expect(relativeError(got, answer("cpu", name, { x: SPECIAL }, attributes))).toBeLessThan(1e-6);
  });

  test("equals the cpu backend on a size that fills no vector", () => {
    const x = randomValues([3, 7], 1);

    const got = answer("wasm", name, { x }, attributes);

    expect(relativeError(got, answer("cpu", name, { x }, attributes))).toBeLessThan(1e-6);
  });
});

test.each(["Relu", "Relu6"])(
  "the stock %s turns a NaN into a number, so divergence would go unseen",
  (name) => {
    const values = Array.from(answer("stock", name, { x: SPECIAL }).values);

    expect(values[0]).toBe(0);
  },
);

test.each(["relu", "relu6", "leakyrelu"])("a convolution that ends with %s keeps NaN", (activation) => {
  const inputs = {
    x: { shape: [1, 1, 2, 1], values: [Number.NaN, 1] },
    filter: { shape: [1, 1, 1, 1], values: [1] },
  };
  const attributes = {
    strides: [1, 1],
    pad: "valid",
    dataFormat: "NHWC",
    dilations: [1, 1],
    activation,
    leakyreluAlpha: 0.2,
  };

  const { values } = answer("wasm", "FusedConv2D", inputs, attributes);

  expect(Array.from(values)).toEqual([Number.NaN, 1]);
});

describe("the gradient of relu", () => {
  test("is dy above zero, 0 below, and NaN where the input is NaN", () => {
    const values = tidy(() => {
      const x = tensor([-2, 0, 3, Number.NaN, 4]);
      return Array.from(grad((v: Tensor) => relu(v))(x, tensor([1, 2, 3, 4, 5])).dataSync());
    });

    expect(values).toEqual([0, 0, 3, Number.NaN, 5]);
  });

  test("has a gradient itself", () => {
    const second = grad((x: Tensor) => grad((v: Tensor) => square(relu(v)))(x));

    const values = tidy(() => Array.from(second(tensor([-1, 2])).dataSync()));

    expect(values).toEqual([0, 2]);
  });
});

describe("a sum", () => {
  test.each([
    [[0], [5, 7]],
    [
      [0, 1, 2],
      [3, 4, 5, 6],
    ],
    [[1], [5, 7]],
    [
      [0, 1],
      [5, 7],
    ],
    [[0], [300, 9]],
    [
      [0, 2],
      [3, 4, 5],
    ],
  ])("over the axes %j of %j equals the cpu backend's", (axis, shape) => {
    const x = randomValues(shape, 1);
    for (const keepDims of [false, true]) {
      const got = answer("wasm", "Sum", { x }, { axis, keepDims });

      expect(relativeError(got, answer("cpu", "Sum", { x }, { axis, keepDims }))).toBeLessThan(1e-6);
    }
  });

  test("over many rows stays within float32's rounding", () => {
    const x: Values = { shape: [100_000, 1, 3], values: new Float32Array(300_000).fill(0.1) };

    const { values } = answer("wasm", "Sum", { x }, { axis: [0, 1], keepDims: false });

    expect(Math.abs((values[0] ?? 0) - 10_000) / 10_000).toBeLessThan(1e-5);
  });
});

describe("an alias", () => {
  test("of a tensor takes no memory and outlives its source", () => {
    const source = tensor([1, 2, 3]);
    const before = memory().numDataBuffers;
    const copies = [clone(source), cast(source, "float32")];

    const buffers = memory().numDataBuffers - before;
    source.dispose();
    const values = copies.map((copy) => Array.from(copy.dataSync()));
    for (const copy of copies) copy.dispose();

    expect(buffers).toBe(0);
    expect(values).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(memory().numDataBuffers).toBe(before - 1);
  });
});

describe("a cast to bool", () => {
  const x: Values = { shape: [4], values: [256, 0.5, 0, Number.NaN] };

  test("is true for everything but zero", () => {
    expect(Array.from(answer("wasm", "Cast", { x }, { dtype: "bool" }).values)).toEqual([1, 1, 0, 1]);
  });

  test("keeps the lowest byte in the stock backend", () => {
    expect(Array.from(answer("stock", "Cast", { x }, { dtype: "bool" }).values)).toEqual([0, 0, 0, 0]);
  });
});
