/** Stock kernels that trained wrong networks without a word: each shows its fault, ours answers as cpu does. */
import { beforeAll, describe, expect, test } from "vitest";
import { installWholeOperands } from "../../../../src/learning/engine/wholeOperands.ts";
import {
  answer,
  bytesWrittenOutside,
  randomValues,
  relativeError,
  startEngines,
  type Values,
} from "./kernels.ts";

const TOLERANCE = 1e-5;

const negative = (shape: readonly number[], seed: number): Values => {
  const { values } = randomValues(shape, seed);
  return { shape, values: Float32Array.from(values, (value) => value - 2) };
};

const pictures = { filterSize: [2, 2], strides: [2, 2], pad: "same" };
const volumes = { filterSize: [2, 2, 2], strides: [2, 2, 2], pad: "same" };

const CASES: readonly [string, Readonly<Record<string, Values>>, object][] = [
  ["MaxPoolGrad", { input: negative([2, 5, 5, 3], 1), dy: randomValues([2, 3, 3, 3], 2) }, pictures],
  ["MaxPool3D", { x: negative([2, 3, 5, 3, 2], 1) }, volumes],
  ["MaxPool3DGrad", { input: negative([2, 3, 5, 3, 2], 1), dy: randomValues([2, 2, 3, 2, 2], 2) }, volumes],
  [
    "Conv3DBackpropInputV2",
    { dy: randomValues([2, 2, 3, 2, 3], 1), filter: randomValues([2, 3, 2, 2, 3], 2) },
    { strides: [2, 2, 2], pad: "same", inputShape: [2, 3, 5, 3, 2] },
  ],
  [
    "Conv3DBackpropFilterV2",
    { x: randomValues([2, 3, 5, 3, 2], 1), dy: randomValues([2, 2, 3, 2, 3], 2) },
    { strides: [2, 2, 2], pad: "same", filterShape: [2, 3, 2, 2, 3] },
  ],
  [
    "OneHot",
    { indices: { shape: [3], values: [1, 4, 0], dtype: "int32" } },
    { depth: 4, onValue: 1, offValue: 0, dtype: "float32" },
  ],
  [
    "Dilation2D",
    { x: negative([2, 4, 5, 2], 1), filter: randomValues([2, 2, 2], 2) },
    { strides: [1, 1], pad: "same", dilations: [1, 1] },
  ],
  [
    "FusedBatchNorm",
    {
      x: randomValues([2, 3, 2, 2], 1),
      mean: randomValues([1, 3, 1, 1], 2),
      variance: { shape: [1, 3, 1, 1], values: [1, 2, 3] },
    },
    { varianceEpsilon: 0.001 },
  ],
];

beforeAll(async () => {
  await startEngines(...CASES.map(([name]) => name));
  installWholeOperands("cpu");
});

describe.each(CASES)("%s", (name, inputs, attributes) => {
  test("answers as the cpu engine and writes nothing outside its output", () => {
    expect(
      relativeError(answer("wasm", name, inputs, attributes), answer("cpu", name, inputs, attributes)),
    ).toBeLessThan(TOLERANCE);
    expect(bytesWrittenOutside("wasm", name, inputs, attributes)).toBe(0);
  });

  test("is wrong in the stock backend", () => {
    expect(
      relativeError(answer("stock", name, inputs, attributes), answer("cpu", name, inputs, attributes)),
    ).toBeGreaterThan(0.01);
  });
});
