import { square, sub, sum, type Tensor, where } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";
import { findStandIns } from "../../../../src/judging/evidence/targets/standInTargets.ts";
import type { Loss } from "../../../../src/learning/loss/loss.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { targetParts } from "../../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

const COUNT = 250;

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Rows of two numbers, from which a length is told. @param lengthOf the length of a row, with a random number from 0 to 1 */
function outputOf(
  lengthOf: (a: number, b: number, drawn: number) => number,
  loss: Output["loss"] = { name: "mse" },
): Output {
  const random = seedStream(1, "spec/standIn");
  const inputs = Float32Array.from({ length: 2 * COUNT }, () => 2 * random.uniform() - 1);
  const targets = Float32Array.from({ length: COUNT }, (_, row) =>
    lengthOf(inputs[2 * row] as number, inputs[2 * row + 1] as number, random.uniform()),
  );
  const train: Examples = { count: COUNT, inputShape: [2], inputs, targets, outputs: 1 };
  const [part] = targetParts(train);
  return { part, train, loss, prefix: "" } as unknown as Output;
}

const measured = (a: number, b: number) => 5 + a + b;

test("a value far from all others, in places that nothing tells, stands for what is missing", async () => {
  for (const value of [0, 999])
    expect(
      await findStandIns(outputOf((a, b, drawn) => (drawn < 0.3 ? value : measured(a, b)))),
    ).toMatchObject([{ value, place: 0 }]);
});

test("a value whose places are told, amounts that go down to it, and grades are no stand-ins: the twins", async () => {
  expect(await findStandIns(outputOf((a, b) => (a < -0.3 ? 0 : measured(a, b))))).toEqual([]);
  expect(await findStandIns(outputOf((a, b, drawn) => (drawn < 0.3 ? 0 : a + b + 2)))).toEqual([]);
  expect(await findStandIns(outputOf((a, b, drawn) => (drawn < 0.3 ? 0 : Math.round(5 + a + b))))).toEqual(
    [],
  );
  expect(await findStandIns(outputOf(measured))).toEqual([]);
});

test("a loss that masks the value leaves nothing to name", async () => {
  const masked = (targets: Tensor, predictions: Tensor) =>
    sum(where(targets.greater(0), square(sub(predictions, targets)), 0));
  const some = (a: number, b: number, drawn: number) => (drawn < 0.3 ? 0 : measured(a, b));

  expect(await findStandIns(outputOf(some, masked as Loss))).toEqual([]);
  const whole = (targets: Tensor, predictions: Tensor) => sum(square(sub(predictions, targets)));
  expect(await findStandIns(outputOf(some, whole as Loss))).toMatchObject([{ value: 0 }]);
});
