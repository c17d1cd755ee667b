import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Examples, firstExamples, gather } from "../../../src/learning/subject/examples.ts";

/** Example i has the inputs [10 i, 10 i + 1, 10 i + 2] and the target [−i, i]. */
function numbered(count: number): Examples {
  return {
    count,
    inputShape: [1, 3],
    outputs: 2,
    inputs: Float32Array.from({ length: 3 * count }, (_, index) => 10 * Math.floor(index / 3) + (index % 3)),
    targets: Float32Array.from(
      { length: 2 * count },
      (_, index) => (index % 2 ? 1 : -1) * Math.floor(index / 2),
    ),
  };
}

const count = fc.integer({ min: 1, max: 20 });

describe("the first examples", () => {
  property.prop([count, fc.integer({ min: 1, max: 30 })])(
    "are as many as asked for, or all there are, and share memory with their set",
    (size, asked) => {
      const examples = numbered(size);

      const first = firstExamples(examples, asked);

      expect(first.count).toBe(Math.min(size, asked));
      expect([...first.inputs]).toEqual([...numbered(first.count).inputs]);
      expect([...first.targets]).toEqual([...numbered(first.count).targets]);
      expect(first.inputs.buffer).toBe(examples.inputs.buffer);
    },
  );

  test("are all examples where there is no limit", () => {
    expect(firstExamples(numbered(3), Number.POSITIVE_INFINITY)).toEqual(numbered(3));
  });
});

describe("gathered examples", () => {
  property.prop([fc.array(fc.nat(9), { minLength: 1, maxLength: 30 })])(
    "are copies in the order asked for, inputs beside their targets, repeats included",
    (indices) => {
      const examples = numbered(10);

      const gathered = gather(examples, indices);

      expect(gathered.count).toBe(indices.length);
      const inputs = indices.flatMap((index) => [10 * index, 10 * index + 1, 10 * index + 2]);
      expect([...gathered.inputs]).toEqual(inputs);
      expect([...gathered.targets].map(Math.abs)).toEqual(indices.flatMap((index) => [index, index]));
      expect(gathered.targets.filter((target) => target < 0)).toHaveLength(indices.filter(Boolean).length);
      gathered.inputs.fill(7);
      expect(examples).toEqual(numbered(10));
    },
  );
});
