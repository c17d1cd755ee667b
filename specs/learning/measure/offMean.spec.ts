import { abs, add, maximum, mean, mul, sign, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { likesAnotherConstant } from "../../../src/learning/measure/offMean.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Loss = (y: Tensor, p: Tensor) => Tensor;

/** Targets that are even about their middle, or have a long upper tail. */
function draw(hasTail: boolean, count = 200): Examples {
  const random = seedStream(5, "specs/offMean");
  const inputs = Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
  const targets = inputs.map((x) => 3 + x + (hasTail ? -Math.log(1 - random.uniform()) : random.uniform()));
  return { count, inputs, targets, inputShape: [1], outputs: 1, classification: false };
}

const pinball =
  (share: number): Loss =>
  (y, p) =>
    mean(maximum(mul(share, sub(y, p)), mul(share - 1, sub(y, p))));
const expectile: Loss = (y, p) => {
  const error = sub(y, p);
  return mean(mul(add(0.5, mul(0.45, sign(error))), square(error)));
};

const asks = (loss: Loss, examples: Examples) =>
  likesAnotherConstant(loss as never, examples, targetParts(examples)[0] as Placed<TargetPart>, 1);

test.each([
  ["an upper quantile", pinball(0.9), false],
  ["a lower quantile", pinball(0.1), false],
  ["squares that weigh by the sign of the error", expectile, false],
  ["the median of targets with a long tail", pinball(0.5), true],
  ["an error relative to the targets", (y, p) => mean(abs(sub(1, p.div(y)))), true],
] satisfies [string, Loss, boolean][])(
  "%s is another constant than the mean",
  async (_name, loss, hasTail) => {
    expect(await asks(loss, draw(hasTail))).toBe(true);
  },
);

test.each([
  ["a squared error", (y, p) => mean(square(sub(y, p)))],
  ["an absolute error of even targets", (y, p) => mean(abs(sub(y, p)))],
  ["a loss that aims beside its targets", (y, p) => mean(square(sub(p, add(y, 1))))],
  ["a pinball loss of the wrong sign", (y, p) => mul(-1, pinball(0.9)(y, p))],
  ["a pinball loss of half the targets", (y, p) => pinball(0.9)(mul(0.5, y), p)],
] satisfies [string, Loss][])("%s is left to the squared error", async (_name, loss) => {
  expect(await asks(loss, draw(false))).toBe(false);
});

test("it says nothing of data without a reference", async () => {
  expect(await asks(pinball(0.9), draw(false, 30))).toBe(false);
});
