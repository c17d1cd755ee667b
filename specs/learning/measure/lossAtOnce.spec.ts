import { add, log, mean, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { lossOfEach, lossOfHalves } from "../../../src/learning/measure/lossAtOnce.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

/** A loss of all examples together that grows with their number, as the likelihood of an order does. */
const loss = ((_targets: Tensor, outputs: Tensor): Scalar =>
  add(mean(outputs), log(outputs.shape[0] as number))) as unknown as Loss;
const shaped = { loss, targets: [1], outputs: [1] };

const table = (rows: number) => new Float32Array(rows).fill(0.5);
const examples = {
  count: 40,
  inputShape: [1],
  outputs: 1,
  inputs: table(40),
  targets: table(40),
};

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a loss that grows with the number of examples is asked about as many at once, the last ones included", async () => {
  const values = await lossOfEach(shaped, { targets: table(40), predictions: table(40) }, 16);

  expect(values).toHaveLength(40);
  for (const value of values) expect(value).toBeCloseTo(0.5 + Math.log(16), 5);
});

test("fewer are asked about together, and halves by themselves", async () => {
  const [fewer] = await lossOfEach(shaped, { targets: table(10), predictions: table(10) }, 16);
  const [part] = targetParts(examples);

  expect(fewer).toBeCloseTo(0.5 + Math.log(10), 5);
  expect(await lossOfHalves(shaped, examples, part as never, table(1))).toBeCloseTo(0.5 + Math.log(20), 5);
});
