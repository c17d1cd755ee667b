import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { geometries, geometrySeed, numGeometries } from "./geometries.ts";
import {
  answer,
  bytesWrittenOutside,
  heapBytes,
  randomValues,
  startEngines,
  wasmBackend,
} from "./kernels.ts";

beforeAll(() => startEngines("FusedConv2D"));

const x = randomValues([5, 9, 9, 3], 1);
const filter = randomValues([3, 3, 3, 8], 2);
const dy = randomValues([5, 5, 5, 8], 3);
const attributes = {
  strides: [2, 2],
  pad: "same",
  dataFormat: "NHWC",
  dilations: [1, 1],
  activation: "relu",
};

/**
 * How far 3,000 further passes push the end of the allocated heap, in bytes. The filter stays, as in a trained
 * network; every pass has a bias of its own.
 */
function growth(where: "wasm" | "stock"): number {
  const backend = wasmBackend();
  const dataId = backend.write(Float32Array.from(filter.values), filter.shape, "float32");
  const kept = { dataId, shape: [...filter.shape], dtype: "float32" as const };
  const pass = (seed: number) => {
    answer(where, "FusedConv2D", { x, filter: kept, bias: randomValues([8], seed) }, attributes);
    if (where === "stock") return;
    answer("wasm", "Conv2DBackpropFilter", { x, dy }, { ...attributes, filterShape: filter.shape });
    answer("wasm", "Conv2DBackpropInput", { dy, filter: kept }, { ...attributes, inputShape: x.shape });
    answer("wasm", "Sum", { x: dy }, { axis: [0, 1, 2], keepDims: false });
  };
  for (let seed = 1; seed <= 50; seed++) pass(seed);
  const before = heapEnd();
  for (let seed = 51; seed <= 3050; seed++) pass(seed);
  const after = heapEnd();
  backend.disposeData(dataId);
  return after - before;
}

/** The highest address among blocks too large for the holes in a small heap: its end. */
function heapEnd(): number {
  const { wasm } = wasmBackend();
  const blocks = Array.from({ length: 64 }, () => wasm._malloc(65536) >>> 0);
  for (const block of blocks) wasm._free(block);
  return Math.max(...blocks);
}

describe("3,000 passes of a layer", () => {
  test("take no memory beyond the first 50", () => {
    const heap = heapBytes();
    const tensors = wasmBackend().numDataIds();

    expect(growth("wasm")).toBe(0);
    expect(heapBytes()).toBe(heap);
    expect(wasmBackend().numDataIds()).toBe(tensors);
  });

  test("take more and more in the stock backend, whose operator cache keeps every bias", () => {
    expect(growth("stock")).toBeGreaterThan(0);
  });
});

describe(`over ${numGeometries} random geometries, seed ${geometrySeed}`, () => {
  test("no kernel writes outside its output", () => {
    fc.assert(
      fc.property(geometries, (g) => {
        const operands = {
          x: randomValues(g.xShape, 1),
          filter: randomValues(g.filterShape, 2),
          dy: randomValues(g.outShape, 3),
        };
        const common = { strides: g.strides, pad: g.pad, dataFormat: "NHWC" };
        const forward = { ...common, dilations: g.dilations };
        expect(
          bytesWrittenOutside("wasm", "Conv2D", { x: operands.x, filter: operands.filter }, forward),
        ).toBe(0);
        if (g.dilations.some((dilation) => dilation > 1)) return;
        const { x: pictures, ...rest } = operands;
        const filterGradient = { ...common, filterShape: g.filterShape };
        expect(
          bytesWrittenOutside("wasm", "Conv2DBackpropFilter", { x: pictures, dy: rest.dy }, filterGradient),
        ).toBe(0);
        const inputGradient = { ...common, inputShape: g.xShape };
        expect(
          bytesWrittenOutside(
            "wasm",
            "Conv2DBackpropInput",
            { dy: rest.dy, filter: rest.filter },
            inputGradient,
          ),
        ).toBe(0);
      }),
      { seed: geometrySeed, numRuns: numGeometries },
    );
  });
});

describe("a growing heap", () => {
  test("does not disturb the kernels: nothing is cached across calls", () => {
    const before = answer("wasm", "FusedConv2D", { x, filter }, attributes).values;
    const grown = wasmBackend().wasm._malloc(heapBytes()) >>> 0;

    const after = answer("wasm", "FusedConv2D", { x, filter }, attributes).values;

    wasmBackend().wasm._free(grown);
    expect(grown).toBeGreaterThan(0);
    expect(Array.from(after)).toEqual(Array.from(before));
  });

  test("that cannot hold an output is an error, not a write to address zero", () => {
    const side = 20_000;
    const small = randomValues([1, 1, 1, 1], 1);
    const huge = { ...attributes, inputShape: [1, side, side, 2], strides: [side, side], pad: "same" };

    expect(() =>
      answer("wasm", "Conv2DBackpropInput", { dy: small, filter: randomValues([1, 1, 2, 1], 2) }, huge),
    ).toThrow(/the heap must hold a float32 tensor of shape \[1,20000,20000,2\], but got none so large/);
  });

  test("is an error in a kernel of TensorFlow.js as well", () => {
    const side = 30_000;

    expect(() =>
      answer("wasm", "Multiply", { a: randomValues([side, 1], 1), b: randomValues([1, side], 2) }, {}),
    ).toThrow(/the heap must hold a block of 3600000000 bytes, but got none so large/);
  });
});
