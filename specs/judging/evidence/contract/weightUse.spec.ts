// An optimizer of a rate so small that its steps are lost in the rounding of the weights reaches every weight all the same.

import { beforeAll, expect, test } from "vitest";
import { contractOf } from "../../../../src/judging/evidence/contract/contract.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { kernelsAlone, largeWeights } from "../../../claims/brokenContracts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const notUpdated = async (subject: Subject) => (await contractOf(subject)).weights.withoutUpdate;
const ofRate = (learningRate: number): Subject => ({
  ...largeWeights(1),
  optimizer: { name: "adam", learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
});

test("a rate of a thousand-millionth moves the biases, which are 0, and is not said to leave out kernels of about 50", async () => {
  expect(await notUpdated(ofRate(1e-9))).toEqual([]);
});

test("an optimizer of the kernels alone leaves out the biases", async () => {
  expect(await notUpdated(kernelsAlone(1))).toEqual(["hidden1/bias", "output/bias"]);
});
