import { concat, log, mean, mul, relu, slice, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { leavesNumbersOut } from "../../../src/learning/measure/leftOut.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { type Placed, type TargetPart, targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Loss = (y: Tensor, p: Tensor) => Tensor;

/** A place of two numbers, and whether it is one: where it is none, zeros or other fillers stand for it. */
function places(filler: number, count = 60): Examples {
  const random = seedStream(7, "specs/leftOut");
  const rows = Array.from({ length: count }, () => {
    const isThere = random.uniform() < 0.6;
    const place = [0.2 + 0.6 * random.uniform(), 0.2 + 0.6 * random.uniform()];
    return [...(isThere ? place : [filler, filler]), Number(isThere)];
  });
  const targets = Float32Array.from(rows.flat());
  return {
    count,
    inputs: new Float32Array(count),
    targets,
    inputShape: [1],
    outputs: 3,
    classification: false,
  };
}

const leavesOut = (loss: Loss, examples = places(0)) =>
  leavesNumbersOut(loss as never, examples, targetParts(examples)[0] as Placed<TargetPart>, 1);

const column = (table: Tensor, at: number, size = 1) => slice(table, [0, at], [-1, size]);
/** The error of the places that there are, and of whether they are. */
const ofPlaces: Loss = (y, p) => {
  const off = mul(column(y, 2), square(sub(column(y, 0, 2), column(p, 0, 2))));
  return mean(concat([off, square(sub(column(y, 2), column(p, 2)))], 1));
};

test.each([0, -1, 0.5])(
  "a loss leaves out the places that there are not, where %f stands",
  async (filler) => {
    expect(await leavesOut(ofPlaces, places(filler))).toBe(true);
  },
);

test.each([
  ["a squared error", (y, p) => mean(square(sub(y, p)))],
  ["the first term of a crossentropy alone", (y, p) => mean(mul(-1, mul(y, log(p))))],
  ["the numbers that are not 0 themselves", (y, p) => mean(mul(square(y), square(sub(y, p))))],
  ["a margin that few answers keep", (y, p) => mean(relu(sub(0.3, mul(sub(y, 0.5), p))))],
  ["a number that is asked nowhere", (y, p) => mean(square(sub(column(y, 0, 2), column(p, 0, 2))))],
  ["a mask that the predictions set", (y, p) => mean(mul(relu(column(p, 2)), square(sub(y, p))))],
  ["no number at all", (y, _p) => sum(y)],
] satisfies [string, Loss][])("%s leaves out no numbers of some examples", async (_name, loss) => {
  expect(await leavesOut(loss)).toBe(false);
});
