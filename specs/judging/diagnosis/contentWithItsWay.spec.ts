import { beforeAll, expect, test } from "vitest";
import { contentWithItsWay } from "../../../src/judging/diagnosis/cure/contentWithItsWay.ts";
import type { Search } from "../../../src/judging/diagnosis/cure/stages.ts";
import { createTrials } from "../../../src/judging/diagnosis/cure/trials.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

/** 70 steps at a rate of almost nothing; at 0.003 they tell three quarters of the targets, and the loss still falls. */
const config = parseConfig(
  broken({
    // So many inputs that no regression is asked what they tell.
    model: { inputs: 66 },
    data: { formula: ["x0 + x1 - x2 + x3"], examples: 400 },
    training: { steps: 70, optimizer: { name: "adam", learningRate: 1e-7 } },
  }),
);

let search: Search;

beforeAll(async () => {
  await startEngineUnderTest();
  const trials = createTrials(config, { bitExact: true });
  const change = changeConfig(config, { "training.optimizer.learningRate": 0.003 });
  if (change) await trials.run({ cause: "learning-rate-too-low", change });
  search = { config, suspects: [], trials, verdict: "stalled", lossOverVariance: 1, judgesAll: false };
});

test("a change whose run ends on its way is no cure while others may make every law hold: the twin", () => {
  expect(search.trials.attempts).toMatchObject([{ cures: false, isOnItsWay: true, verdict: "stalled" }]);
});

test.each([
  ["ends little better than the original", { lossOverVariance: 0.3 }],
  ["is made to what learns in training", { verdict: "learns" } as const],
])("a change that %s is none in the end: the twin", async (_, original) => {
  expect(await contentWithItsWay({ ...search, ...original })).toBeNull();
});

test("it is one in the end, where none does", async () => {
  const cure = await contentWithItsWay(search);

  expect(cure).toMatchObject({ cures: true, values: { "training.optimizer.learningRate": 0.003 } });
  expect(search.trials.finished.map(({ attempt }) => attempt)).toEqual([cure]);
  expect(search.trials.finished[0]?.cured?.run.finite).toBe(true);
});
