// A short run at the rate that nearly everybody begins with makes too few steps, and not too small ones.

import { beforeAll, expect, test } from "vitest";
import { hasUsualRate } from "../../../src/judging/diagnosis/change.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

async function causesOf(optimizer: object, steps: number): Promise<readonly string[]> {
  const config = parseConfig({
    subject: "dense",
    model: { hidden: [{ units: 8, activation: "relu" }] },
    training: { optimizer, steps },
  });
  const { findings } = await trainAndDiagnose(await createSubject(config), config);
  return findings.map(({ cause }) => cause);
}

test("a short run at Adam's usual rate is told of its steps, and one at a small rate of the rate as well", async () => {
  const usual = await causesOf({ name: "adam", learningRate: 0.001 }, 40);
  const small = await causesOf({ name: "adam", learningRate: 0.00001 }, 40);

  expect(usual).toContain("too-few-steps");
  expect(usual).not.toContain("learning-rate-too-low");
  expect(small).toContain("learning-rate-too-low");
});

test("a rate is usual only of an optimizer whose steps are as long as its rate", () => {
  const { training } = parseConfig({ training: { optimizer: { name: "sgd", learningRate: 0.01 } } });

  expect(hasUsualRate(training)).toBe(false);
  expect(hasUsualRate({ optimizer: () => ({ update() {}, dispose() {} }) as never })).toBe(false);
});
