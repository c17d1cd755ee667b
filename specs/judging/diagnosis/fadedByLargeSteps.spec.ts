// A gradient that fades once large steps have saturated the units is not what to mend: the steps are.

import { beforeAll, expect, test } from "vitest";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { fairThresholds } from "../../../src/judging/outcome/fairThresholds.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

async function fades(activation: "tanh" | "sigmoid", layers: number, learningRate: number) {
  const config = parseConfig({
    subject: "dense",
    data: { formula: ["x0 * x1"], examples: 200, heldOut: 50 },
    model: { inputs: 2, hidden: Array.from({ length: layers }, () => ({ units: 12, activation })) },
    training: { optimizer: { name: "adam", learningRate }, steps: 150 },
  });
  const subject = await createSubject(config);
  const run = await train(subject);
  const verdict = judge(run, fairThresholds(subject, config.thresholds));
  const findings = await diagnose(subject, run, { thresholds: config.thresholds, verdict });
  return findings.find(({ cause }) => cause === "vanishing-gradients");
}

test("a gradient that passed before large steps were made is said to have passed", async () => {
  const found = await fades("tanh", 2, 0.3);

  expect(found?.evidence).toContain("before the first step");
  expect(found?.rank).toBeLessThan(0.6);
});

test("a gradient that fades in the layers as they were drawn is the cause: the twin", async () => {
  const found = await fades("sigmoid", 8, 0.01);

  expect(found?.evidence).not.toContain("before the first step");
  expect(found?.rank).toBeGreaterThan(0.7);
});
