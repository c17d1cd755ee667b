import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { answer, answers, bytesWrittenOutside, randomValues, startEngines, type Values } from "./kernels.ts";

const NAMES = ["Slice", "SplitV", "Unpack", "Concat", "Pack"];
beforeAll(() => startEngines(...NAMES));

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const DTYPES = ["float32", "int32", "bool"] as const;

/** Counted numbers, so that each place has its own; zeros and ones for a bool. */
function counted(shape: readonly number[], dtype: (typeof DTYPES)[number]): Values {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Array.from({ length: size }, (_, at) => (dtype === "bool" ? (at * at) % 2 : at + 1));
  return { shape, values, dtype };
}

/** What our kernel gives and what the stock one gives. */
function both(name: string, inputs: Parameters<typeof answers>[2], attributes: object) {
  const plain = (all: readonly Values[]) =>
    all.map(({ values, ...rest }) => ({ ...rest, values: [...Array.from(values)] }));
  return [
    plain(answers("wasm", name, inputs, attributes)),
    plain(answers("stock", name, inputs, attributes)),
  ];
}

describe.each(DTYPES)("of %s", (dtype) => {
  test("a box out of a tensor is what the stock kernel takes", () => {
    const boxes = shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.tuple(...shape.map((side) => fc.tuple(fc.nat(side - 1), fc.nat(side - 1), fc.boolean()))),
      ),
    );
    const property = fc.property(boxes, ([shape, cuts]) => {
      const ends = cuts.map(([one, other, isWhole], axis) =>
        isWhole ? [0, (shape[axis] as number) - 1] : [Math.min(one, other), Math.max(one, other)],
      ) as [number, number][];
      const begin = ends.map(([first]) => first);
      const size = ends.map(([first, last]) => last - first + 1);
      const [got, wanted] = both("Slice", { x: counted(shape, dtype) }, { begin, size });

      expect(got).toEqual(wanted);
    });
    fc.assert(property, { numRuns: 200, seed: 7 });
  });

  test("parts along an axis, and a tensor of parts, are what the stock kernels make", () => {
    const property = fc.property(shapes, fc.nat(4), fc.boolean(), (shape, at, isNegative) => {
      const place = at % shape.length;
      const axis = isNegative ? place - shape.length : place;
      const length = shape[place] as number;
      const x = counted(shape, dtype);
      const numOrSizeSplits = length > 2 ? [1, length - 2, 1] : length;
      const [parts, wantedParts] = both("SplitV", { x }, { numOrSizeSplits, axis });
      const [slices, wantedSlices] = both("Unpack", { value: x }, { axis });
      const whole = both("Concat", parts ?? [], { axis: place });
      const packed = both("Pack", slices ?? [], { axis: place });

      expect(parts).toEqual(wantedParts);
      expect(slices).toEqual(wantedSlices);
      for (const [got, wanted] of [whole, packed]) {
        expect(got).toEqual(wanted);
        expect(got?.[0]).toMatchObject({ shape, values: x.values });
      }
    });
    fc.assert(property, { numRuns: 100, seed: 8 });
  });
});

test("nothing is written beside a part", () => {
  const x = randomValues([3, 5, 7], 1);

  expect(bytesWrittenOutside("wasm", "Slice", { x }, { begin: [1, 1, 2], size: [2, 3, 3] })).toBe(0);
  expect(bytesWrittenOutside("wasm", "Unpack", { value: x }, { axis: 1 })).toBe(0);
  expect(bytesWrittenOutside("wasm", "Pack", [x, x], { axis: 2 })).toBe(0);
});

test("a box that reaches beyond the tensor is refused", () => {
  const x = randomValues([4, 4], 1);

  expect(() => answer("wasm", "Slice", { x }, { begin: [2, 0], size: [3, 4] })).toThrow(
    /begin\[0\] \+ size\[0\]/,
  );
});
