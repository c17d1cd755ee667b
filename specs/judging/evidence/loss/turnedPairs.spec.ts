import { add, maximum, mean, mul, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { findTurnedPairs } from "../../../../src/judging/evidence/loss/turnedPairs.ts";
import type { Loss } from "../../../../src/learning/loss/loss.ts";
import { findDistanceMeasure } from "../../../../src/learning/measure/distanceMeasure.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Pairs of numbers, which are alike where their label is 0 and say nothing where `areAlike` is false. */
async function pairs(sameOf: (y: Tensor) => Tensor, areAlike = true): Promise<Examples> {
  const count = 80;
  const targets = Float32Array.from({ length: count }, (_, row) => row % 2);
  const inputs = Float32Array.from({ length: 2 * count }, (_, at) => {
    const [row, side] = [Math.floor(at / 2), at % 2];
    const apart = areAlike ? row % 2 : Math.floor(row / 2) % 2;
    return Math.sin(row) + side * (apart === 1 ? 2 : 0.2 * Math.cos(row));
  });
  const part = { name: "input", shape: [1] };
  const train: Examples = {
    count,
    outputs: 1,
    inputs,
    targets,
    inputShape: [2],
    inputParts: [part, { ...part, name: "other" }],
  };
  const loss = (y: Tensor, d: Tensor) => {
    const same = sameOf(y);
    return mean(add(mul(same, square(d)), mul(sub(1, same), square(maximum(sub(1, d), 0)))));
  };
  const measure = await findDistanceMeasure(loss as Loss, train, 1);
  expect(measure).not.toBeNull();
  const target = { name: "output", shape: [1], classification: false, ...(measure && { measure }) };
  return { ...train, targetParts: [target] };
}

test("a loss that pulls unlike pairs together is told from one that pulls like pairs together", async () => {
  expect((await findTurnedPairs(await pairs((y) => y), 1))?.words).toContain("mean the opposite");
  expect(await findTurnedPairs(await pairs((y) => sub(1, y)), 1)).toBeNull();
});

test("pairs whose inputs do not tell how alike they are show nothing", async () => {
  expect(await findTurnedPairs(await pairs((y) => y, false), 1)).toBeNull();
});
