import {
  add,
  exp,
  log,
  mean,
  mul,
  sigmoid,
  softplus,
  split,
  square,
  sub,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
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
    expect(await asks(loss, draw(targets))).not.toBeNull();
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
  expect(await asks(loss, draw("durations"))).toBeNull();
});

test("it says nothing of data without a reference, unless the loss of right answers is the same for all", async () => {
  expect(await asks((y, p) => mean(sub(mul(exp(p), y), p)), draw("durations", 30))).toBeNull();
  const { floor = null } = (await asks((y, p) => mean(square(sub(log(y), p))), draw("durations", 30))) ?? {};
  expect(floor).toBeCloseTo(0, 3);
});

describe("of two numbers, a place and a size", () => {
  const boxes = (): Examples => {
    const { inputs, targets: sizes, count } = draw("shares");
    const targets = Float32Array.from({ length: 2 * count }, (_, at) =>
      at % 2 === 0 ? (inputs[at / 2] as number) : (sizes[(at - 1) / 2] as number),
    );
    return { count, inputs, targets, inputShape: [1], outputs: 2, classification: false };
  };
  const ofBoxes =
    (place: (p: Tensor) => Tensor, size: (p: Tensor) => Tensor): Loss =>
    (y, p) => {
      const [places, sizes] = split(y, 2, 1) as [Tensor, Tensor];
      const [told, raw] = split(p, 2, 1) as [Tensor, Tensor];
      return add(mean(square(sub(places, place(told)))), mean(square(sub(sizes, size(raw)))));
    };
  const same = (p: Tensor) => p;

  test("one may be asked for on a scale of its own", async () => {
    expect((await asks(ofBoxes(same, softplus), boxes()))?.floor).toBeCloseTo(0, 3);
  });

  test("the other is to be its target then, and no multiple of it: the twins", async () => {
    expect(
      await asks(
        ofBoxes((p) => mul(3, p), softplus),
        boxes(),
      ),
    ).toBeNull();
    expect(await asks(ofBoxes(same, same), boxes())).toBeNull();
    expect(
      await asks(
        ofBoxes(same, (p) => mul(0, p)),
        boxes(),
      ),
    ).toBeNull();
  });
});
