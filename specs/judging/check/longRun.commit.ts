// A run that is too long for its budget leaves time for changes, and a change is proven by the steps that fit. Each has a
// twin: a run that may still learn, and one that needs no change.

import { expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

/** So many steps take far longer than the budget. */
const STEPS = 2_000_000;
const budget = 15;

test("a run that does not move ends before its share is spent, and the change that makes it learn is proven", async () => {
  const config = broken({ model: { kernelInitializer: "zeros" }, training: { steps: STEPS } });
  const { run, verdict, causes, cure, notMeasured } = await check(config, { engine, budget: 4 * budget });

  expect(run.cutShort).toBe(true);
  expect(verdict).toBe("collapsed");
  expect(causes[0]).toMatchObject({ name: "symmetric-initialisation", status: "proven" });
  expect(causes[0]?.why).toMatch(/with this alone every law holds after \d+ of 2000000 steps$/);
  expect(cure?.steps).toBeLessThan(STEPS);
  expect(notMeasured.map(({ name }) => name)).not.toContain("beatsTheMean");
});

test("a run that diverges at once is cured by a run that does not fit either", async () => {
  const config = broken({ training: { optimizer: { name: "sgd", learningRate: 1e6 }, steps: STEPS } });
  const { run, verdict, cause, cure } = await check(config, { engine, budget });

  expect({ verdict, cutShort: run.cutShort }).toEqual({ verdict: "diverged", cutShort: false });
  expect(cause).toMatchObject({ name: "learning-rate-too-high", status: "proven" });
  expect(cure?.steps).toBeLessThan(STEPS);
});

test("a run that learns slowly is not ended early, and nothing is changed: the twin", async () => {
  const config = broken({ training: { optimizer: { name: "sgd", learningRate: 1e-5 }, steps: STEPS } });
  const { run, verdict, causes, attempts } = await check(config, { engine, budget: 6 });

  expect(run.cutShort).toBe(true);
  expect({ verdict, causes, attempts }).toEqual({ verdict: "unfinished", causes: [], attempts: [] });
});
