import { exp, log, mean, mul, sigmoid, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { asksOnAnotherScale } from "../../../src/learning/measure/otherScale.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Loss = (y: Tensor, p: Tensor) => Tensor;

/** Positive targets that spread over several sizes, or shares between 0 and 1. */
function draw(of: "durations" | "shares", count = 200): Examples {
  const random = seedStream(5, "specs/otherScale");
  const inputs = Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
  const durations = inputs.map((x) => -Math.log(1 - random.uniform()) * Math.exp(1 + x));
  const targets = of === "durations" ? durations : durations.map((value) => value / (1 + value));
  return { count, inputs, targets, inputShape: [1], outputs: 1, classification: false };
}

const asks = (loss: Loss, examples: Examples) =>
  asksOnAnotherScale(loss as never, examples, targetParts(examples)[0] as Placed<TargetPart>, 1);

test.each([
  ["the logarithm of a rate", "durations", (y, p) => mean(sub(mul(exp(p), y), p))],
  ["the logarithm of a count", "durations", (y, p) => mean(sub(exp(p), mul(y, p)))],
  ["the logarithm of the targets", "durations", (y, p) => mean(square(sub(log(y), p)))],
  ["a logit of a share", "shares", (y, p) => mean(square(sub(y, sigmoid(p))))],
] satisfies [string, "durations" | "shares", Loss][])(
  "a loss may ask for %s",
  async (_name, targets, loss) => {
    expect(await asks(loss, draw(targets))).toBe(true);
  },
);

test.each([
  ["a squared error", (y, p) => mean(square(sub(y, p)))],
  ["the opposite of the targets", (y, p) => mean(square(sub(mul(-1, y), p)))],
  ["a multiple of the targets", (y, p) => mean(square(sub(mul(0.1, y), p)))],
  ["an error that is to be large", (y, p) => mul(-1, mean(square(sub(y, p))))],
  ["no target at all", (_y, p) => mean(square(p))],
  ["targets without end", (y, p) => mean(mul(-1, mul(y, p)))],
] satisfies [string, Loss][])("%s is not another scale", async (_name, loss) => {
  expect(await asks(loss, draw("durations"))).toBe(false);
});

test("it says nothing of data without a reference", async () => {
  expect(await asks((y, p) => mean(square(sub(log(y), p))), draw("durations", 30))).toBe(false);
});
