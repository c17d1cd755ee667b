import { afterAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parseConfig.ts";
import { compareEngines } from "../../src/parity/compareEngines.ts";
import { describeParity } from "../../src/report/describeParity.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";

const once = { sampling: { rounds: 1, sampleMs: 1 } };

const dense = (learningRate: number) =>
  parseConfig({
    subject: "dense",
    model: { hidden: [{ units: 8, activation: "tanh" }] },
    data: { examples: 40, heldOut: 10 },
    training: { steps: 200, batchSize: 20, optimizer: { learningRate } },
  });

describe("engines side by side", () => {
  afterAll(() => startEngineUnderTest());

  test("agree on a subject that learns and on one that cannot, and are timed", async () => {
    const parity = await compareEngines(
      [
        { title: "healthy", config: dense(0.03) },
        { title: "stuck", config: dense(0) },
      ],
      ["wasm", "cpu"],
      once,
    );

    expect(parity).toMatchObject({ agree: true, missing: [] });
    const [healthy, stuck] = parity.comparisons;
    expect(healthy?.results.map(({ engine, check }) => [engine, check.verdict])).toEqual([
      ["wasm", "learns"],
      ["cpu", "learns"],
    ]);
    expect(stuck?.results.map(({ check }) => check.verdict)).not.toContain("learns");
    expect(stuck?.results.map(({ cause }) => cause)).toEqual(Array(2).fill(expect.any(String)));
    for (const { msPerStep, speed, gradientDifference } of healthy?.results ?? []) {
      expect(msPerStep).toBeGreaterThan(0);
      expect(speed).toBeGreaterThan(0);
      expect(gradientDifference).toBeLessThan(1e-5);
    }
    expect(describeParity(parity)).toContain("Every engine that starts here comes to wasm's verdicts");
  });
});
