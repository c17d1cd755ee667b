import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { shuffledBatches } from "../../../src/learning/training/batches.ts";

/** Example i has the inputs [i, −i] and the target [10 i]. */
function numbered(count: number): Examples {
  return {
    count,
    inputShape: [2],
    outputs: 1,
    inputs: Float32Array.from(
      { length: 2 * count },
      (_, index) => (index % 2 ? -1 : 1) * Math.floor(index / 2),
    ),
    targets: Float32Array.from({ length: count }, (_, index) => 10 * index),
  };
}

describe("batches", () => {
  property.prop([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 })])(
    "hold every example once an epoch, inputs beside their targets, the rest in the last one",
    (count, batchSize) => {
      const batches = shuffledBatches(numbered(count), batchSize, { stream: seedStream(1, "shuffle") });
      const perEpoch = Math.ceil(count / batchSize);

      // Three epochs, so that a batch too many between two of them shows.
      const drawn = Array.from({ length: 3 * perEpoch }, () => batches.next().value);

      const rest = count - (perEpoch - 1) * batchSize;
      expect(drawn.map((batch) => batch.count)).toEqual(
        drawn.map((_, index) => ((index + 1) % perEpoch === 0 ? rest : batchSize)),
      );
      for (const start of [0, perEpoch, 2 * perEpoch]) {
        const targets = drawn.slice(start, start + perEpoch).flatMap((batch) => [...batch.targets]);
        expect(targets.toSorted((a, b) => a - b)).toEqual([...numbered(count).targets]);
      }
      for (const batch of drawn) {
        batch.targets.forEach((target, row) => {
          expect(batch.inputs[2 * row]).toBe(target / 10);
          expect((batch.inputs[2 * row + 1] as number) + target / 10).toBe(0);
        });
      }
    },
  );

  property.prop([fc.noShrink(fc.integer({ min: 1, max: 1e9 }))])(
    "come in another order each epoch",
    (seed) => {
      const batches = shuffledBatches(numbered(30), 30, { stream: seedStream(seed, "shuffle") });

      const [first, second] = [batches.next().value, batches.next().value];

      expect(second.count).toBe(30);
      expect([...second.targets]).not.toEqual([...first.targets]);
    },
  );

  test.each([true, false])("come in the same drawn order each epoch only where that is asked: %s", (once) => {
    const batches = shuffledBatches(numbered(30), 30, { stream: seedStream(3, "shuffle"), once });

    const [first, second] = [batches.next().value, batches.next().value];

    expect([...first.targets]).not.toEqual([...numbered(30).targets]);
    expect([...first.targets].join() === [...second.targets].join()).toBe(once);
  });

  test("come in a given order, epoch after epoch, where it has a place for each example", () => {
    const order = Int32Array.of(2, 0, 1, 3);
    const take = (count: number, by: object) => {
      const batches = shuffledBatches(numbered(count), count, {
        stream: seedStream(1, "shuffle"),
        once: true,
        ...by,
      });
      return [batches.next().value, batches.next().value].map(({ targets }) => [...targets]);
    };

    expect(take(4, { order })).toEqual([
      [20, 0, 10, 30],
      [20, 0, 10, 30],
    ]);
    expect(take(9, { order })).toEqual(take(9, {}));
  });
});
