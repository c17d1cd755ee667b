import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { geometrySeed, numGeometries } from "./geometries.ts";
import { answer, randomValues, relativeError, startEngines, type Values } from "./kernels.ts";

/** As for the convolutions: the worst of 2,000 products was 2e-7. */
const TOLERANCE = 1e-5;

beforeAll(() => startEngines("BatchMatMul"));

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 31, 40));
const batches = fc.constantFrom(
  [[], []],
  [[3], [3]],
  [[3], [1]],
  [[1], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [[2], []],
);

describe(`over ${numGeometries} random shapes, seed ${geometrySeed}`, () => {
  test("the product equals the cpu backend's, transposed or not, with batches broadcast", () => {
    fc.assert(
      fc.property(
        size,
        size,
        size,
        batches,
        fc.boolean(),
        fc.boolean(),
        (rows, depth, columns, [a = [], b = []], tA, tB) => {
          const inputs = {
            a: randomValues([...a, ...(tA ? [depth, rows] : [rows, depth])], 1),
            b: randomValues([...b, ...(tB ? [columns, depth] : [depth, columns])], 2),
          };
          const attributes = { transposeA: tA, transposeB: tB };
          const got = answer("wasm", "BatchMatMul", inputs, attributes);
          expect(relativeError(got, answer("cpu", "BatchMatMul", inputs, attributes))).toBeLessThan(
            TOLERANCE,
          );
        },
      ),
      { seed: geometrySeed, numRuns: numGeometries },
    );
  });

  test("the fused product equals the cpu backend's with every activation", () => {
    const activations = fc.constantFrom("linear", "relu", "relu6", "leakyrelu", "elu", "sigmoid");
    fc.assert(
      fc.property(size, size, size, activations, fc.boolean(), (rows, depth, columns, activation, biased) => {
        const operands = { a: randomValues([1, rows, depth], 1), b: randomValues([1, depth, columns], 2) };
        const inputs = biased ? { ...operands, bias: randomValues([columns], 3) } : operands;
        const attributes = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.2 };
        const got = answer("wasm", "_FusedMatMul", inputs, attributes);
        expect(relativeError(got, answer("cpu", "_FusedMatMul", inputs, attributes))).toBeLessThan(TOLERANCE);
      }),
      { seed: geometrySeed, numRuns: numGeometries },
    );
  });
});

describe("a product", () => {
  // The cpu backend is no reference here: it counts max(2, 3) batches instead of 2 * 3.
  test("broadcasts the batches of both operands", () => {
    const a = randomValues([2, 1, 3, 4], 1);
    const b = randomValues([1, 3, 4, 5], 2);

    const got = answer("wasm", "BatchMatMul", { a, b }, {});

    const part = (of: Values, index: number, shape: number[]) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return { shape, values: Array.from(of.values).slice(index * size, (index + 1) * size) };
    };
    const want = [0, 1].flatMap((i) =>
      [0, 1, 2].flatMap((j) =>
        Array.from(answer("cpu", "BatchMatMul", { a: part(a, i, [3, 4]), b: part(b, j, [4, 5]) }, {}).values),
      ),
    );
    expect(relativeError(got, { shape: [2, 3, 3, 5], values: want })).toBeLessThan(TOLERANCE);
  });

  test("refuses operands that do not fit", () => {
    const inputs = { a: randomValues([2, 3], 1), b: randomValues([2, 3], 2) };

    expect(() => answer("wasm", "BatchMatMul", inputs, {})).toThrow(/inner shapes \(3\) and \(2\)/);
  });

  test("refuses whole numbers, as the stock backend", () => {
    const inputs: Record<string, Values> = {
      a: { ...randomValues([2, 2], 1), dtype: "int32" },
      b: randomValues([2, 2], 2),
    };

    expect(() => answer("wasm", "BatchMatMul", inputs, {})).toThrow(/must be float32, got int32 and float32/);
    expect(() => answer("stock", "BatchMatMul", inputs, {})).toThrow(/float32/);
  });
});
