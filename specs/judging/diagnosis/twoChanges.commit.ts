import { beforeAll, expect, test } from "vitest";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a cure may take two changes, and then neither cause is proven alone", async () => {
  const config = parseConfig(
    broken({ model: { outputActivation: "relu" }, data: { formula: ["500 * x0 - 200 * x1"] } }),
  );
  const failed = await trainAndDiagnose(await createSubject(config), config);
  const { cure, attempts, causes } = await proveCure(config, failed, { bitExact: true, judgesAll: true });

  expect(attempts[0]).toMatchObject({ change: 'model.outputActivation "relu" → "linear"', cures: false });
  expect(Object.keys(cure?.values ?? {}).sort()).toEqual([
    "data.standardiseTargets",
    "model.outputActivation",
  ]);
  const statuses = new Map(causes.map(({ cause, status }) => [cause, status]));
  expect(statuses.get("wrong-output-activation")).toBe("contributes");
  expect([...statuses.values()]).not.toContain("proven");
});
