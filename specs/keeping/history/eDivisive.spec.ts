import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { divide } from "../../../src/keeping/history/eDivisive.ts";

const SIGNIFICANCE = 0.01;

/** Values about a level that may differ from one to the next. */
function series(draw: number, levels: readonly number[], noise: number): number[] {
  const { uniform } = seedStream(draw, "series");
  return levels.map((level) => level + noise * (2 * uniform() - 1));
}

const times = (count: number, level: number) => Array.from({ length: count }, () => level);
const places = (values: readonly number[]) => divide(values, "spec", SIGNIFICANCE).map(({ at }) => at);

describe("change points", () => {
  test("are where the level changes, one or several, with noise or without", () => {
    const two = [...times(15, 0), ...times(12, 1), ...times(15, 0.4)];

    expect(places([...times(8, 0), ...times(8, 1)])).toEqual([8]);
    expect(places(series(1, [...times(8, 0), ...times(8, 1)], 0.2))).toEqual([8]);
    expect(places(series(2, two, 0.15))).toEqual([15, 27]);
  });

  test("divide a drift in which every step is small", () => {
    const drift = Array.from({ length: 11 }, (_, index) => index * Math.log(1.025));

    expect(places(drift)).toHaveLength(1);
    expect(places(series(3, drift, 0.01))).toHaveLength(1);
  });

  test("are none in a series that is constant, short, or has a single blip", () => {
    expect(places([])).toEqual([]);
    expect(places([1, 2])).toEqual([]);
    expect(places(times(30, 1))).toEqual([]);
    expect(places([...times(10, 0), 5, ...times(10, 0)])).toEqual([]);
  });

  test("are found in noise alone about as often as the significance says", () => {
    const found = Array.from({ length: 200 }, (_, draw) =>
      places(series(100 + draw, times(20, 0), 1)),
    ).filter(({ length }) => length > 0);

    expect(found.length).toBeLessThanOrEqual(6);
  });

  test("are the same for the same series", () => {
    const values = series(4, [...times(9, 0), ...times(9, 0.5)], 0.4);

    expect(divide(values, "a", 0.05)).toEqual(divide(values, "a", 0.05));
  });
});
