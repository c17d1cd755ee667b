import { expect, test } from "vitest";
import { startBudget } from "../../../src/judging/check/budget.ts";
import { check } from "../../../src/judging/check/check.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

const rate = broken({ training: { optimizer: { name: "adam", learningRate: 3 } } });

test("what a spent budget left no time for is listed, law by law and change by change", async () => {
  const { run, laws: measured, notMeasured, causes, attempts } = await check(rate, { engine, budget: 1e-3 });

  expect(run).toMatchObject({ cutShort: true, steps: 1 });
  expect(measured.filter((law) => !Number.isFinite(law.measured))).toEqual([]);
  const trained = laws.filter(({ trains }) => trains).map(({ name }) => name);
  expect(notMeasured.map(({ name }) => name)).toEqual(expect.arrayContaining(["overfitsTwo", "climbs"]));
  expect(trained).toEqual(expect.arrayContaining(notMeasured.map(({ name }) => name)));
  expect(measured.map(({ name }) => name)).toContain("beatsTheMean");
  expect(attempts).toEqual([]);
  expect(causes.map(({ status }) => status)).toEqual(causes.map(() => "not-tried"));
});

test("without a budget nothing is left out: the twin", async () => {
  const { run, notMeasured, causes } = await check(rate, { engine });

  expect(run.cutShort).toBe(false);
  expect(notMeasured).toEqual([]);
  expect(causes[0]).toMatchObject({ name: "learning-rate-too-high", status: "proven" });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a budget of %d seconds is refused", (seconds) => {
  expect(() => startBudget(seconds)).toThrow("budget: must be a number of seconds above 0");
});
