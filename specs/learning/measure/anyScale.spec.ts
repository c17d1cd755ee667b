// Losses that ask for directions, whatever the length of the answers is.

import { div, mean, mul, neg, norm, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { asksOfAnyScale } from "../../../src/learning/measure/anyScale.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const SIDES = 3;
const random = seedStream(2, "specs/anyScale");
const rows = Array.from({ length: 40 }, () => Array.from({ length: SIDES }, () => 2 * random.uniform() - 1));

/** Directions in space, as numbers of such a length. */
function directions(length: number): Examples {
  const targets = Float32Array.from(
    rows.flatMap((sides) => sides.map((side) => (length * side) / Math.hypot(...sides))),
  );
  return { count: rows.length, inputs: targets, targets, inputShape: [SIDES], outputs: SIDES };
}

const isOfAnyScale = (loss: Loss, train: Examples) =>
  asksOfAnyScale(loss, train, targetParts(train)[0] as Placed<TargetPart>, 1);

const unit = (x: Tensor) => div(x, norm(x, 2, -1, true));
const cosine: Loss = (targets, answers) => mean(neg(sum(mul(targets, unit(answers)), -1)));
const squared: Loss = (targets, answers) => mean(square(sub(targets, answers)));
const constant: Loss = (targets, answers) => mean(mul(0, sub(targets, unit(answers))));

test("a loss that normalises the answers asks for directions of any length", async () => {
  expect(await isOfAnyScale(cosine, directions(1))).toBe(true);
});

test("a loss that does not, or that no answer changes, does not: the twins", async () => {
  expect(await isOfAnyScale(squared, directions(1))).toBe(false);
  expect(await isOfAnyScale(constant, directions(1))).toBe(false);
});

test("targets of another length say something by it", async () => {
  expect(await isOfAnyScale(cosine, directions(2))).toBe(false);
});
