import { expect, test } from "vitest";
import { startBudget } from "../../../src/judging/check/budget.ts";
import { check } from "../../../src/judging/check/check.ts";
import { contractOf } from "../../../src/judging/evidence/contract/contract.ts";
import { BudgetSpent, limitEvidence } from "../../../src/judging/evidence/timeLeft.ts";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

const rate = broken({ training: { optimizer: { name: "adam", learningRate: 3 } } });

test("what a spent budget left no time for is listed, law by law, and the run is unfinished", async () => {
  const {
    verdict,
    holds,
    run,
    laws: measured,
    notMeasured,
    cause,
  } = await check(rate, { engine, budget: 1e-3 });

  expect({ verdict, holds, cause }).toEqual({ verdict: "unfinished", holds: false, cause: null });
  expect(run).toMatchObject({ cutShort: true, steps: 1 });
  expect(run.budgetToFinish).toBeGreaterThan(1e-3);
  expect(measured.filter((law) => !Number.isFinite(law.measured))).toEqual([]);
  const waiting = laws.filter(({ trains, needsTheEnd }) => trains || needsTheEnd).map(({ name }) => name);
  expect(notMeasured.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["overfitsTwo", "climbs", "beatsTheMean"]),
  );
  expect(waiting).toEqual(expect.arrayContaining(notMeasured.map(({ name }) => name)));
});

test("a fault that no further step changes is told all the same, and the changes that were not tried are listed", async () => {
  const outOfReach = broken({ model: { outputActivation: "relu" } });
  const { causes, attempts, notTried } = await check(outOfReach, { engine, budget: 1e-3 });

  expect(causes[0]).toMatchObject({ name: "wrong-output-activation", status: "not-tried" });
  expect(attempts).toEqual([]);
  expect(notTried).toContainEqual({
    change: 'model.outputActivation "relu" → "linear"',
    reason: "the time that the budget gives was spent",
  });
});

test("without a budget nothing is left out: the twin", async () => {
  const { run, notMeasured, causes } = await check(rate, { engine });

  expect(run).toMatchObject({ cutShort: false, budgetToFinish: null });
  expect(notMeasured).toEqual([]);
  expect(causes[0]).toMatchObject({ name: "learning-rate-too-high", status: "proven" });
});

test("the budget that would let a run finish grows with the steps that are left", () => {
  const budget = startBudget(1e-6, 7);
  const run = { steps: 1_000, hasSettled: () => false };
  expect([budget.endsRun?.(run), budget.endsRun?.(run)]).toEqual([false, true]);

  const [few, many] = [budget.toFinish(1_000), budget.toFinish(2_000)] as [number, number];
  expect(few).toBeGreaterThan(7);
  expect(many).toBeGreaterThan(few);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a budget of %d seconds is refused", (seconds) => {
  expect(() => startBudget(seconds)).toThrow("budget: must be a number of seconds above 0");
});

test("what would take longer than the time that is left is not begun, but for what takes a moment", () => {
  const budget = startBudget(1);
  const run = { steps: 1_000, hasSettled: () => false };
  budget.endsRun?.(run);
  budget.endsRun?.(run);

  expect([budget.isLate?.(1e-9), budget.isLate?.(1e12)]).toEqual([false, true]);
  expect(startBudget(undefined).isLate).toBeUndefined();
});

test("measurements of a model for which no time is left are refused, and its causes left out", async () => {
  const config = parseConfig(rate);
  const subject = await createSubject(config);
  limitEvidence(subject, () => true);
  await expect(contractOf(subject)).rejects.toBeInstanceOf(BudgetSpent);

  const { notMeasured } = await checkLaws(await createSubject(config), {
    thresholds: config.thresholds,
    bitExact: true,
    laws: laws.filter(({ trains }) => !trains),
    isLate: () => true,
    leavesOut: (error) => (error instanceof BudgetSpent ? error.message : null),
  });

  expect(notMeasured).toContainEqual({
    name: "batchesAddUp",
    reason: "the time that the budget gives was spent",
  });
  expect(notMeasured.map(({ name }) => name)).not.toContain("targetsDiffer");
});
