import { afterAll, describe, expect, test } from "vitest";
import { compareEngines } from "../../../src/lab/engines/compareEngines.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { describeParity } from "../../../src/report/terminal/describeParity.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const once = { sampling: { rounds: 1, sampleMs: 1 } };

const dense = parseConfig({
  subject: "dense",
  model: { hidden: [{ units: 8, activation: "tanh" }] },
  data: { examples: 40, heldOut: 10 },
  training: { steps: 200, batchSize: 20, optimizer: { learningRate: 0.03 } },
});

describe("engines side by side", () => {
  afterAll(() => startEngineUnderTest());

  test("agree on a subject that learns, and are timed", async () => {
    const parity = await compareEngines([{ title: "dense", config: dense }], ["wasm", "cpu"], once);

    expect(parity).toMatchObject({ agree: true, missing: [] });
    const results = parity.comparisons[0]?.results ?? [];
    expect(results.map(({ engine, check }) => [engine, check.verdict])).toEqual([
      ["wasm", "learns"],
      ["cpu", "learns"],
    ]);
    for (const { msPerStep, speed, gradientDifference, cause } of results) {
      expect(msPerStep).toBeGreaterThan(0);
      expect(speed).toBeGreaterThan(0);
      expect(gradientDifference).toBeLessThan(1e-5);
      expect(cause).toBeNull();
    }
    expect(describeParity(parity)).toContain("Every engine that starts here comes to wasm's verdicts");
  });
});
