// Rows that are repeated on both sides of a split, and stand on one side alone; and pictures as targets, of which a corner is.

import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { Case } from "../../../src/judging/diagnosis/cause.ts";
import { heldOutFromElsewhere } from "../../../src/judging/diagnosis/causes/heldOutFromAnotherDistribution.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

function corners(of: readonly (readonly [number, number])[], count: number): Examples {
  const at = (row: number) => of[row % of.length] as readonly [number, number];
  return {
    inputs: Float32Array.from({ length: 2 * count }, (_, place) => at(place >> 1)[place % 2] as number),
    targets: Float32Array.from({ length: count }, (_, row) => at(row)[0] ^ at(row)[1]),
    count,
    outputs: 1,
    inputShape: [2],
  };
}

const examine = (train: Examples, heldOut: Examples) =>
  heldOutFromElsewhere.examine({
    subject: { train, heldOut },
    fails: "training",
    run: {},
    askedFaults: [],
  } as unknown as Case);

/** Rows of 64 numbers as targets, the first of which is left at a share of its spread. */
function pictures(count: number, corner: number, shape: readonly number[]): Examples {
  const random = seedStream(4, `specs/otherRows/${count}`);
  return {
    inputs: Float32Array.from({ length: 2 * count }, () => random.uniform()),
    targets: Float32Array.from(
      { length: 64 * count },
      (_, at) => random.uniform() * (at % 64 === 0 ? corner : 1),
    ),
    count,
    outputs: 64,
    inputShape: [2],
    targetParts: [{ name: "picture", shape: [...shape], classification: false }],
  };
}

test("a corner of pictures is none of the targets' own scale", async () => {
  const shape = [8, 8, 1];

  expect((await examine(pictures(400, 1, shape), pictures(100, 0.1, shape))) ?? null).toBeNull();
});

test("a column of as many numbers is: the twin", async () => {
  const found = await examine(pictures(400, 1, [64]), pictures(100, 0.1, [64]));

  expect(found?.evidence).toContain("targets: trained on mean 0.491");
});

const all = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

test("a corner that training never sees is named", async () => {
  const found = await examine(corners(all.slice(0, 3), 300), corners(all.slice(3), 100));

  expect(found?.evidence).toContain("none of training's");
});

test("corners on both sides are not: the twin", async () => {
  expect((await examine(corners(all, 300), corners(all, 100))) ?? null).toBeNull();
});
