import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../../src/foundation/random/shuffle.ts";
import { findLostOrder } from "../../../../src/judging/evidence/series/lostOrder.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const STEPS = 6;

/** Windows of a series, each followed by its target, the next number. */
function windowsOf(series: readonly number[], inputShape: readonly number[] = [STEPS, 1]): Examples {
  const count = series.length - STEPS;
  const rows = Array.from({ length: count }, (_, row) => series.slice(row, row + STEPS));
  return {
    count,
    inputShape: [...inputShape],
    outputs: 1,
    inputs: Float32Array.from(rows.flat()),
    targets: Float32Array.from(series.slice(STEPS)),
  };
}

function shuffled(series: readonly number[]): number[] {
  const order = shuffledIndices(series.length, seedStream(3, "spec/lostOrder"));
  return Array.from(order, (at) => series[at] as number);
}

const waves = Array.from({ length: 420 }, (_, at) => Math.sin(0.4 * at) + Math.sin(1.1 * at));

test("windows that were cut from shuffled rows are found, as steps or as lists", () => {
  expect(findLostOrder(windowsOf(shuffled(waves)))).toMatchObject({ steps: STEPS });
  expect(findLostOrder(windowsOf(shuffled(waves), [STEPS]))).toMatchObject({ steps: STEPS });
});

test("windows of a series in its order are not, nor those that were shuffled whole: the twins", () => {
  const inOrder = windowsOf(waves);
  const order = shuffledIndices(inOrder.count, seedStream(4, "spec/lostOrder"));
  const whole = {
    ...inOrder,
    inputs: Float32Array.from(
      Array.from(order, (row) => [...inOrder.inputs.subarray(row * STEPS, (row + 1) * STEPS)]).flat(),
    ),
    targets: Float32Array.from(order, (row) => inOrder.targets[row] as number),
  };

  expect(findLostOrder(inOrder)).toBeNull();
  expect(findLostOrder(whole)).toBeNull();
});

test("a chaotic series, whose steps do not correlate and tell the next one, has an order", () => {
  const chaos = [0.345];
  for (let at = 0; at < 420; at++) {
    const last = chaos[at] as number;
    chaos.push(3.99 * last * (1 - last));
  }

  expect(findLostOrder(windowsOf(chaos))).toBeNull();
});
