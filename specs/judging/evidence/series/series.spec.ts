import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { errorOfBestAffine } from "../../../../src/judging/evidence/reference/bestAffine.ts";
import { errorOfLastValue, findTargetInInput } from "../../../../src/judging/evidence/series/series.ts";
import { shareOutOfOrder } from "../../../../src/judging/evidence/series/timeOrder.ts";
import { measureWindowOverlap } from "../../../../src/judging/evidence/split/overlap.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { toChanges, windowsOf } from "../../../../src/learning/subject/lastValue.ts";

const random = seedStream(1, "spec/series");
const noise = Array.from({ length: 900 }, () => random.uniform() - 0.5);
let sum = 0;
const walk = noise.map((step) => {
  sum += step;
  return sum;
});

function windows(values: readonly number[], starts: readonly number[], ahead = 0) {
  return {
    count: starts.length,
    inputShape: [6, 1],
    outputs: 1,
    inputs: Float32Array.from(starts.flatMap((at) => values.slice(at, at + 6))),
    targets: Float32Array.from(starts.map((at) => values[at + 6 + ahead] as number)),
  };
}
const every = (step: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, row) => from + step * row);

describe("windows of a series", () => {
  test("are continued by their last value where the series is a walk, not where it is noise", () => {
    expect(errorOfLastValue(windows(walk, every(1, 300)))).toBeLessThan(0.2);
    expect(errorOfLastValue(windows(noise, every(1, 300)))).toBeNull();
  });

  test("hold their target where the cut is one step off", () => {
    expect(findTargetInInput(windows(noise, every(1, 300), -1))).toEqual({ output: 0, place: 5 });
    expect(findTargetInInput(windows(noise, every(1, 300)))).toBeNull();
  });

  test("hold their target where it is an earlier step and others go on from them, though a split has drawn them", () => {
    const drawn = every(1, 80).filter((at) => at % 4 !== 1);

    expect(findTargetInInput(windows(walk, every(1, 60), -6))).toEqual({ output: 0, place: 0 });
    expect(findTargetInInput(windows(walk, drawn, -4))).toEqual({ output: 0, place: 2 });
  });

  test("are asked for what they have to remember where no other goes on from them, but never for their last step", () => {
    expect(findTargetInInput(windows(noise, every(7, 120), -6))).toBeNull();
    expect(findTargetInInput(windows(noise, every(7, 120), -4))).toBeNull();
    expect(findTargetInInput(windows(noise, every(7, 120), -1))).toEqual({ output: 0, place: 5 });
  });

  test("are asked for what they have to remember where no step can be foretold, but never for their last step", () => {
    expect(findTargetInInput(windows(noise, every(1, 60), -4))).toBeNull();
    expect(findTargetInInput(windows(noise, every(1, 60), -1))).toEqual({ output: 0, place: 5 });
  });

  test("of a few symbols, over and over, follow each other by chance", () => {
    const spikes = Array.from({ length: 60 }, (_, at) => (at % 6 === 0 ? 1 : 0));

    expect(findTargetInInput(windows(spikes, every(1, 50), -6))).toBeNull();
  });

  test("overlap where the split is at random, hardly where it is in time", () => {
    const train = windows(walk, every(4, 100));

    expect(measureWindowOverlap(train, windows(walk, every(4, 90, 2)))).toBe(1);
    expect(measureWindowOverlap(train, windows(walk, every(4, 90, 450)))).toBe(0);
  });
});

describe("lists of lags", () => {
  const LAGS = 6;
  const rows = every(1, 300);
  const mixed = rows
    .map((at) => [random.uniform(), at] as const)
    .sort(([a], [b]) => a - b)
    .map(([, at]) => at);
  const lists = (values: readonly number[], starts: readonly number[], inputShape: readonly number[]) => ({
    ...windows(values, starts),
    inputShape,
  });
  const reversed = (of: Examples) => ({
    ...of,
    inputs: Float32Array.from(
      { length: of.inputs.length },
      (_, at) => of.inputs[at - (at % LAGS) + LAGS - 1 - (at % LAGS)] as number,
    ),
  });
  const coarse = walk.map((value) => Math.round(value));

  test("are windows in any order, as one step of a recurrent layer, and with the newest first", () => {
    const oldest = { steps: LAGS, features: 1 };

    for (const starts of [rows, mixed]) {
      expect(windowsOf(lists(walk, starts, [LAGS]))).toEqual(oldest);
      expect(windowsOf(lists(walk, starts, [1, LAGS]))).toEqual(oldest);
      expect(windowsOf(reversed(lists(walk, starts, [LAGS])))).toEqual({ ...oldest, newestFirst: true });
    }
  });

  test("are no windows where rows share nothing but coarse numbers, or nothing at all", () => {
    expect(windowsOf(lists(coarse, mixed, [LAGS]))).toBeNull();
    expect(windowsOf(lists(walk, every(LAGS, 140), [1, LAGS]))).toBeNull();
    expect(windowsOf({ ...lists(walk, mixed, [LAGS]), classification: true })).toBeNull();
  });

  test("give up the same changes whichever end is the newest", () => {
    const given = lists(walk, mixed, [LAGS]);
    const changed = toChanges(given, given, "both");
    const other = toChanges(reversed(given), reversed(given), "both");

    expect(errorOfLastValue(reversed(given))).toBeCloseTo(errorOfLastValue(given) as number, 10);
    expect(other.targets).toEqual(changed.targets);
    expect(reversed({ ...given, ...other }).inputs).toEqual(changed.inputs);
  });
});

describe("the order of the steps", () => {
  const cut = (values: readonly number[]) => windows(values, every(1, 120));
  /** The same windows, with the steps of each dealt anew. */
  const shuffled = (values: readonly number[]) => {
    const examples = cut(values);
    const inputs = examples.inputs.slice();
    for (let row = 0; row < examples.count; row++) {
      const window = inputs.subarray(6 * row, 6 * row + 6);
      window.set(
        [...window]
          .map((value) => [random.uniform(), value] as const)
          .sort(([a], [b]) => a - b)
          .map(([, value]) => value),
      );
    }
    return { ...examples, inputs };
  };

  test("is lost where windows hold the steps of their neighbours in another order", () => {
    expect(shareOutOfOrder(shuffled(walk))).toBeGreaterThan(0.8);
    expect(shareOutOfOrder(shuffled(noise))).toBeGreaterThan(0.8);
  });

  test("is kept in windows that were cut from a series, though it be noise, coarse or of period 6", () => {
    expect(shareOutOfOrder(cut(walk))).toBe(0);
    expect(shareOutOfOrder(cut(noise))).toBe(0);
    expect(shareOutOfOrder(cut(walk.map((value) => Math.round(20 * value))))).toBeLessThan(0.1);
    expect(shareOutOfOrder(cut(walk.map((_, step) => step % 6)))).toBeNull();
  });

  test("is unknown where no window overlaps another", () => {
    expect(shareOutOfOrder(windows(walk, every(6, 100)))).toBeNull();
  });
});

describe("the best affine map", () => {
  const inputs = Float32Array.from({ length: 400 }, () => random.uniform() - 0.5);
  const pairs = (target: (a: number, b: number) => number) => ({
    count: 200,
    inputShape: [2],
    outputs: 1,
    inputs,
    targets: Float32Array.from({ length: 200 }, (_, row) =>
      target(inputs[2 * row] as number, inputs[2 * row + 1] as number),
    ),
  });

  test("solves a linear task, whatever its units, and no product", () => {
    expect(errorOfBestAffine(pairs((a, b) => 3000 * a - 2 * b + 7))).toBeLessThan(1e-6);
    expect(errorOfBestAffine(pairs((a, b) => a * b))).toBeGreaterThan(0.9);
  });

  test("is not asked of fewer examples than would tell", () => {
    expect(errorOfBestAffine({ ...pairs((a) => a), count: 2, inputs: inputs.subarray(0, 4) })).toBeNull();
  });
});
