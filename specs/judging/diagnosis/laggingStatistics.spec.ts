// A run that was ended half-way may have learnt some, and look worse than a constant by averages that have not arrived.

import { expect, test } from "vitest";
import type { Case } from "../../../src/judging/diagnosis/cause.ts";
import { laggingBatchStatistics } from "../../../src/judging/diagnosis/causes/laggingBatchStatistics.ts";

async function suspects(withAverages: number, withOwn: number): Promise<string | undefined> {
  const run = {
    survey: { batchStatistics: { withAverages, withOwn }, needsSeveral: false },
    fails: "training",
    thresholds: { lossOverVariance: 0.2 },
    subject: { batchSize: 16, train: { count: 240 } },
  };
  return (await laggingBatchStatistics.examine(run as unknown as Case))?.rank;
}

test("averages that make some knowledge worse than a constant are named", async () => {
  expect(await suspects(5.6, 0.6)).toBe("averages lag behind");
});

test("averages that leave what is known, or hide nothing, are not: the twins", async () => {
  expect(await suspects(0.9, 0.6)).toBeUndefined();
  expect(await suspects(5.6, 0.9)).toBeUndefined();
});
