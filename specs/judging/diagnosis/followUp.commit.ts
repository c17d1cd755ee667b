import { beforeAll, expect, test } from "vitest";
import { followUp } from "../../../src/judging/diagnosis/cure/followUp.ts";
import { createTrials, type Trials } from "../../../src/judging/diagnosis/cure/trials.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

/** At a rate of almost nothing; at 0.003 the same 70 steps tell three quarters of the targets, and the loss still falls. */
const config = parseConfig(
  broken({
    model: { inputs: 66 },
    data: { formula: ["x0 + x1 - x2 + x3"], examples: 400 },
    training: { steps: 70, optimizer: { name: "adam", learningRate: 1e-7 } },
  }),
);

let trials: Trials;

beforeAll(async () => {
  await startEngineUnderTest();
  trials = createTrials(config, { bitExact: true });
  const change = changeConfig(config, { "training.optimizer.learningRate": 0.003 });
  if (change) await trials.run({ cause: "learning-rate-too-low", change });
});

const follow = (lossOverVariance: number) =>
  followUp({ config, trials }, { verdict: "stalled", lossOverVariance }, { onlyUnderWay: true });

test("a changed run that is hardly better than the original is not followed at once: the twin", async () => {
  expect(await follow(0.3)).toBeNull();
  expect(trials.attempts).toHaveLength(1);
});

test("one that has halved the error, and is asked for no more than more of the same, gets more steps at once", async () => {
  const cure = await follow(1);

  expect(Object.keys(cure?.values ?? {}).sort()).toEqual([
    "training.optimizer.learningRate",
    "training.steps",
  ]);
});
