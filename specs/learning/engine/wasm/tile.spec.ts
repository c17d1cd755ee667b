import { type NamedAttrMap, type Tensor, tensor, tidy, tile, valueAndGrad } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { answer, bytesWrittenOutside, randomValues, startEngines } from "./kernels.ts";

beforeAll(() => startEngines("Tile"));

const SHAPES_AND_REPS = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((axes) => ({ shape: axes.map(([size]) => size), reps: axes.map(([, reps]) => reps) }));

/** Adds the repetitions one after the other, as slices of the whole would be. */
function addedInOrder(
  dy: ArrayLike<number>,
  shape: readonly number[],
  reps: readonly number[],
): Float32Array {
  const whole = shape.map((size, axis) => size * (reps[axis] as number));
  const sums = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let at = 0; at < dy.length; at++) {
    let [rest, place, stride] = [at, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [size, all] = [shape[axis] as number, whole[axis] as number];
      place += ((rest % all) % size) * stride;
      stride *= size;
      rest = Math.floor(rest / all);
    }
    sums[place] = (sums[place] as number) + (dy[at] as number);
  }
  return sums;
}

describe("a repeated tensor", () => {
  test.each(["float32", "int32"] as const)("of %s is what the stock kernel makes", (dtype) => {
    const property = fc.property(SHAPES_AND_REPS, ({ shape, reps }) => {
      const values = randomValues(shape, 5).values;
      const x = { shape, values: Array.from(values, (value) => Math.round(1e6 * value)), dtype };
      const [got, wanted] = (["wasm", "stock"] as const).map((where) =>
        answer(where, "Tile", { x }, { reps }),
      );

      expect(got?.shape).toEqual(wanted?.shape);
      expect([...Array.from(got?.values ?? [])]).toEqual([...Array.from(wanted?.values ?? [])]);
      expect(bytesWrittenOutside("wasm", "Tile", { x }, { reps })).toBe(0);
    });
    fc.assert(property, { numRuns: 60, seed: 3 });
  });

  test("gets the sum of what its repetitions got, to the bit, by one kernel", () => {
    const property = fc.property(SHAPES_AND_REPS, ({ shape, reps }) => {
      const dy = randomValues(
        shape.map((size, axis) => size * (reps[axis] as number)),
        9,
      );
      const got = answer("wasm", "TileGradient", { dy }, { reps, shape });

      expect(got.shape).toEqual(shape);
      expect([...Array.from(got.values)]).toEqual([...addedInOrder(dy.values, shape, reps)]);
      const back = tidy(() => {
        const [x, weight] = [
          tensor(randomValues(shape, 2).values as Float32Array, shape),
          tensor(dy.values as Float32Array, [...dy.shape]),
        ];
        return [...valueAndGrad((one: Tensor) => tile(one, reps))(x, weight).grad.dataSync()];
      });
      expect(back).toEqual([...Array.from(got.values)]);
    });
    fc.assert(property, { numRuns: 60, seed: 4 });
  });

  test("a sum in another order has other bits", () => {
    const dy = randomValues([64, 3], 9);
    const backwards = { ...dy, values: Float32Array.from(dy.values).reverse() };
    const [one, other] = [dy, backwards].map((of) =>
      answer("wasm", "TileGradient", { dy: of }, { reps: [64, 3], shape: [1, 1] } as NamedAttrMap),
    );

    expect(one?.values[0]).not.toBe(other?.values[0]);
    expect(one?.values[0]).toBeCloseTo(other?.values[0] ?? 0, 4);
  });
});
