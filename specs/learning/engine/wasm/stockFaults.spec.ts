/** Each fault of the stock backend that touches training: the stock kernel shows it, ours has it mended. */
import { backend_util } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  answer,
  bytesWrittenOutside,
  randomValues,
  relativeError,
  startEngines,
  type Values,
  wasmBackend,
} from "./kernels.ts";

const TOLERANCE = 1e-5;

beforeAll(() =>
  startEngines(
    "Conv2D",
    "FusedConv2D",
    "DepthwiseConv2dNative",
    "BatchMatMul",
    "_FusedMatMul",
    "Relu",
    "Relu6",
    "Cast",
    "ClipByValue",
  ),
);

describe.each(["Conv2D", "DepthwiseConv2dNative"])(
  "%s with same padding that is zero and a stride past its filter",
  (name) => {
    const inputs = { x: randomValues([2, 8, 8, 1], 1), filter: randomValues([2, 2, 1, 1], 2) };
    const attributes = { strides: [4, 4], pad: "same", dataFormat: "NHWC", dilations: [1, 1] };

    test("answers as the cpu backend", () => {
      expect(
        relativeError(answer("wasm", name, inputs, attributes), answer("cpu", name, inputs, attributes)),
      ).toBeLessThan(TOLERANCE);
    });

    test("is all zeros in the stock backend", () => {
      expect(Array.from(answer("stock", name, inputs, attributes).values).every((value) => value === 0)).toBe(
        true,
      );
    });
  },
);

describe("a numeric pad with a stride or filter that is not square", () => {
  const x = randomValues([1, 7, 7, 1], 1);
  const filter = randomValues([3, 1, 1, 1], 2);
  const attributes = { strides: [1, 1], pad: 1, dataFormat: "NHWC", dilations: [1, 1] };

  test("writes nothing outside its output and answers as the cpu backend", () => {
    expect(bytesWrittenOutside("wasm", "Conv2D", { x, filter }, attributes)).toBe(0);
    expect(
      relativeError(
        answer("wasm", "Conv2D", { x, filter }, attributes),
        answer("cpu", "Conv2D", { x, filter }, attributes),
      ),
    ).toBeLessThan(TOLERANCE);
  });

  test("writes past its output in the stock backend", () => {
    expect(bytesWrittenOutside("stock", "Conv2D", { x, filter }, attributes)).toBeGreaterThan(0);
  });

  test("has an output that tfjs computes from the filter's height alone", () => {
    const { outShape } = backend_util.computeConv2DInfo([1, 7, 7, 1], [3, 1, 1, 1], [1, 1], [1, 1], 1);

    expect(outShape).toEqual([1, 7, 7, 1]);
  });
});

/** Writes into a tensor's memory below tfjs, as an optimizer that updates in place would. */
function answersAroundAWrite(
  where: "wasm" | "stock",
  name: string,
  key: string,
  inputs: Record<string, Values>,
  attributes: object,
): Values[] {
  const backend = wasmBackend();
  const { shape, values } = inputs[key] as Values;
  const dataId = backend.write(Float32Array.from(values), shape, "float32");
  const tensor = { dataId, shape: [...shape], dtype: "float32" as const };
  const first = answer(where, name, { ...inputs, [key]: tensor }, attributes);
  backend.typedArrayFromHeap(tensor).fill(2);
  const second = answer(where, name, { ...inputs, [key]: tensor }, attributes);
  backend.disposeData(dataId);
  return [first, second];
}

describe.each([
  [
    "Conv2D",
    "filter",
    { x: [1, 3, 3, 1], filter: [2, 2, 1, 1] },
    { strides: [1, 1], pad: "valid", dataFormat: "NHWC", dilations: [1, 1] },
  ],
  [
    "DepthwiseConv2dNative",
    "filter",
    { x: [1, 3, 3, 1], filter: [2, 2, 1, 1] },
    { strides: [1, 1], pad: "valid", dilations: [1, 1] },
  ],
  ["BatchMatMul", "b", { a: [1, 3, 4], b: [1, 4, 2] }, { transposeA: false, transposeB: false }],
  [
    "_FusedMatMul",
    "b",
    { a: [1, 3, 4], b: [1, 4, 2] },
    { transposeA: false, transposeB: false, activation: "linear" },
  ],
] as const)("%s after its weights were written in place", (name, key, shapes, attributes) => {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([input, shape]) => [input, randomValues(shape, 1)]),
  );
  const written = { ...inputs, [key]: { ...inputs[key], values: new Float32Array(8).fill(2) } } as Record<
    string,
    Values
  >;

  test("uses the new weights", () => {
    const [before, after] = answersAroundAWrite(
      "wasm",
      name,
      key,
      inputs as Record<string, Values>,
      attributes,
    );

    expect(
      relativeError(before as Values, answer("cpu", name, inputs as Record<string, Values>, attributes)),
    ).toBeLessThan(TOLERANCE);
    expect(relativeError(after as Values, answer("cpu", name, written, attributes))).toBeLessThan(TOLERANCE);
  });

  test("still uses the old ones in the stock backend", () => {
    const [before, after] = answersAroundAWrite(
      "stock",
      name,
      key,
      inputs as Record<string, Values>,
      attributes,
    );

    expect(Array.from(after?.values ?? [])).toEqual(Array.from(before?.values ?? []));
  });
});

describe("the same weights under a new shape", () => {
  const a = randomValues([1, 3, 4], 1);
  const turned = randomValues([1, 3, 2], 2);
  const b = randomValues([1, 4, 2], 3);
  const attributes = { transposeA: false, transposeB: false };

  /** The product with b as [4, 2], then with the same memory as [2, 4]; the second answer. */
  function secondProduct(where: "wasm" | "stock"): Values {
    const backend = wasmBackend();
    const dataId = backend.write(Float32Array.from(b.values), b.shape, "float32");
    answer(where, "BatchMatMul", { a, b: { dataId, shape: [1, 4, 2], dtype: "float32" } }, attributes);
    const reshaped = { dataId, shape: [1, 2, 4], dtype: "float32" as const };
    const product = answer(where, "BatchMatMul", { a: turned, b: reshaped }, attributes);
    backend.disposeData(dataId);
    return product;
  }

  const expected = () =>
    answer("cpu", "BatchMatMul", { a: turned, b: { ...b, shape: [1, 2, 4] } }, attributes);

  test("give the product of that shape", () => {
    expect(relativeError(secondProduct("wasm"), expected())).toBeLessThan(TOLERANCE);
  });

  test("give a wrong product in the stock backend", () => {
    expect(relativeError(secondProduct("stock"), expected())).toBeGreaterThan(0.01);
  });
});
