import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Geometry, geometries, geometrySeed, numGeometries } from "./geometries.ts";
import { answer, randomValues, relativeError, startEngines, type Values } from "./kernels.ts";

/** Float32 sums in another order: the worst of 2,000 geometries was 6e-7; the requirement is 1e-4. */
const TOLERANCE = 1e-5;

beforeAll(() => startEngines("FusedConv2D"));

const parameters = { seed: geometrySeed, numRuns: numGeometries };
const inputSeed = fc.noShrink(fc.integer({ min: 1, max: 2147483000 }));

function compare(name: string, inputs: Readonly<Record<string, Values>>, attributes: object): number {
  return relativeError(answer("wasm", name, inputs, attributes), answer("cpu", name, inputs, attributes));
}

function operands(g: Geometry, seed: number) {
  return {
    x: randomValues(g.xShape, seed),
    filter: randomValues(g.filterShape, seed + 1),
    bias: randomValues(g.filterShape.slice(3), seed + 2),
    dy: randomValues(g.outShape, seed + 3),
  };
}

function attributesOf(g: Geometry) {
  return { strides: g.strides, dilations: g.dilations, pad: g.pad, dataFormat: "NHWC" };
}

describe(`over ${numGeometries} random geometries, seed ${geometrySeed}`, () => {
  test("the convolution equals the cpu backend's", () => {
    fc.assert(
      fc.property(geometries, inputSeed, (g, seed) => {
        const { x, filter } = operands(g, seed);
        expect(compare("Conv2D", { x, filter }, attributesOf(g))).toBeLessThan(TOLERANCE);
      }),
      parameters,
    );
  });

  test("the fused convolution equals the cpu backend's with every activation", () => {
    const activations = fc.constantFrom("linear", "relu", "relu6", "leakyrelu", "elu", "sigmoid");
    fc.assert(
      fc.property(geometries, inputSeed, activations, fc.boolean(), (g, seed, activation, biased) => {
        const { x, filter, bias } = operands(g, seed);
        const inputs = biased ? { x, filter, bias } : { x, filter };
        const attributes = { ...attributesOf(g), activation, leakyreluAlpha: 0.3 };
        expect(compare("FusedConv2D", inputs, attributes)).toBeLessThan(TOLERANCE);
      }),
      parameters,
    );
  });

  test("the filter's gradient equals the cpu backend's", () => {
    fc.assert(
      fc.property(geometries, inputSeed, (g, seed) => {
        fc.pre(g.dilations.every((dilation) => dilation === 1));
        const { x, dy } = operands(g, seed);
        const attributes = { ...attributesOf(g), filterShape: g.filterShape };
        expect(compare("Conv2DBackpropFilter", { x, dy }, attributes)).toBeLessThan(TOLERANCE);
      }),
      parameters,
    );
  });

  test("the input's gradient equals the cpu backend's", () => {
    fc.assert(
      fc.property(geometries, inputSeed, (g, seed) => {
        fc.pre(g.dilations.every((dilation) => dilation === 1));
        const { dy, filter } = operands(g, seed);
        const attributes = { ...attributesOf(g), inputShape: g.xShape };
        expect(compare("Conv2DBackpropInput", { dy, filter }, attributes)).toBeLessThan(TOLERANCE);
      }),
      parameters,
    );
  });
});

describe.each([[[]], [[1]], [[3, 3, 1]], [[2, 3, 3, 4]]])("a bias of shape %j", (shape) => {
  test("is broadcast as on the cpu backend, where the stock kernel refuses it", () => {
    const inputs = {
      x: randomValues([2, 5, 5, 3], 1),
      filter: randomValues([3, 3, 3, 4], 2),
      bias: randomValues(shape, 3),
    };
    const attributes = {
      strides: [1, 1],
      pad: "valid",
      dataFormat: "NHWC",
      dilations: [1, 1],
      activation: "relu",
    };

    expect(compare("FusedConv2D", inputs, attributes)).toBeLessThan(TOLERANCE);
    expect(() => answer("stock", "FusedConv2D", inputs, attributes)).toThrow(/bias/);
  });
});

describe("a picture's output", () => {
  test("has the same bits alone as in a batch, tiles of four or not", () => {
    const x = randomValues([6, 9, 9, 3], 1);
    const filter = randomValues([5, 5, 3, 40], 2);
    const attributes = { strides: [2, 2], pad: "same", dataFormat: "NHWC", dilations: [1, 1] };
    const pictures = Array.from(x.values);

    const together = Array.from(answer("wasm", "Conv2D", { x, filter }, attributes).values);
    const alone = [0, 1, 2, 3, 4, 5].flatMap((index) => {
      const one = { shape: [1, 9, 9, 3], values: pictures.slice(index * 243, (index + 1) * 243) };
      return Array.from(answer("wasm", "Conv2D", { x: one, filter }, attributes).values);
    });

    expect(alone).toEqual(together);
  });
});

describe("a batch larger than the filter gradient packs at once", () => {
  test("gives the cpu backend's gradient", () => {
    const x = randomValues([67, 5, 4, 3], 1);
    const dy = randomValues([67, 3, 2, 5], 2);
    const attributes = { strides: [2, 2], pad: "same", dataFormat: "NHWC", filterShape: [3, 3, 3, 5] };

    expect(compare("Conv2DBackpropFilter", { x, dy }, attributes)).toBeLessThan(TOLERANCE);
  });
});

describe("pictures with the channels first", () => {
  test("have the cpu backend's gradients", () => {
    const x = randomValues([2, 3, 6, 5], 1);
    const dy = randomValues([2, 4, 3, 3], 2);
    const filter = randomValues([3, 3, 3, 4], 3);
    const attributes = { strides: [2, 2], pad: "same", dataFormat: "NCHW" };

    expect(
      compare("Conv2DBackpropFilter", { x, dy }, { ...attributes, filterShape: filter.shape }),
    ).toBeLessThan(TOLERANCE);
    expect(
      compare("Conv2DBackpropInput", { dy, filter }, { ...attributes, inputShape: x.shape }),
    ).toBeLessThan(TOLERANCE);
  });

  test("are refused by the forward convolution, as in the stock backend", () => {
    const inputs = { x: randomValues([1, 1, 4, 4], 1), filter: randomValues([2, 2, 1, 1], 2) };
    const attributes = { strides: [1, 1], pad: "valid", dataFormat: "NCHW", dilations: [1, 1] };

    expect(() => answer("wasm", "Conv2D", inputs, attributes)).toThrow(/does not support dataFormat/);
  });
});

describe("a gradient of the wrong shape", () => {
  test("is cropped where it is larger, as on the cpu backend", () => {
    const dy = randomValues([1, 8, 7, 4], 1);
    const filter = randomValues([8, 8, 4, 4], 2);
    const attributes = { strides: [1, 1], pad: "same", dataFormat: "NHWC", inputShape: [1, 4, 4, 4] };

    expect(compare("Conv2DBackpropInput", { dy, filter }, attributes)).toBeLessThan(TOLERANCE);
  });

  test("is refused where it is smaller, instead of read past its end", () => {
    const dy = randomValues([1, 2, 2, 1], 1);
    const filter = randomValues([2, 2, 1, 1], 2);
    const attributes = { strides: [1, 1], pad: "valid", dataFormat: "NHWC" };

    expect(() =>
      answer("wasm", "Conv2DBackpropInput", { dy, filter }, { ...attributes, inputShape: [1, 9, 9, 1] }),
    ).toThrow(/must have the convolution's output shape \[1,8,8,1\], got \[1,2,2,1\]/);
  });
});
