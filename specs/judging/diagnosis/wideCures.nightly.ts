import { beforeAll, describe, expect, test } from "vitest";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

async function search(config: Config) {
  const failed = await trainAndDiagnose(await createSubject(config), config);
  return proveCure(config, failed, { bitExact: true });
}

describe("a sound recipe", () => {
  test("is tried whole where nothing smaller cures, and only what is needed of it is left", async () => {
    const config = parseConfig(
      broken({
        model: {
          hidden: Array.from({ length: 3 }, () => ({ units: 12, activation: "sigmoid" })),
          kernelInitializer: "randomUniform",
        },
        data: { formula: ["900 * x0 * x1 + 500"] },
        training: { optimizer: { name: "sgd", learningRate: 1e-6 }, steps: 50 },
      }),
    );
    const { cure, causes } = await search(config);

    expect(cure).not.toBeNull();
    expect(Object.keys(cure?.values ?? {}).length).toBeGreaterThan(1);
    expect(causes.filter(({ status }) => status === "contributes").length).toBeGreaterThan(1);
  }, 240_000);
});

describe("a cure", () => {
  test("is looked for among configs that were not tried before, though one change may undo another", async () => {
    const config = broken({
      model: { hidden: [{ units: 1, activation: "relu" }] },
      data: { formula: ["sin(9 * x0) * x1"] },
      training: { steps: 100, optimizer: { learningRate: 1e-4 } },
    });

    const { attempts } = await search(parseConfig(config));

    const configs = [parseConfig(config), ...attempts.map((attempt) => attempt.config)];
    expect(attempts.length).toBeGreaterThan(4);
    expect(new Set(configs.map((tried) => JSON.stringify(tried))).size).toBe(configs.length);
  }, 180_000);
});
