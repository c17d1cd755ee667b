import { expect, test } from "vitest";
import { hasOpenEnd, hasSettled } from "../../../src/judging/outcome/openEnd.ts";
import type { Trace } from "../../../src/learning/training/trace.ts";

/** A run of the first steps of a program whose loss has not begun to fall. */
function flat(made: number, cutShort?: string) {
  const losses = Array.from({ length: made }, (_, step) => 1 + 0.01 * Math.sin(7 * step));
  const probes = losses.flatMap((loss, step) => (step % 10 === 0 ? [{ step, lossOverVariance: loss }] : []));
  const trace = { losses, probes, ...(cutShort && { cutShort }) } as unknown as Trace;
  return { finite: true, steps: made, trace };
}

test("a program of which few steps are made is open, whoever ended them", () => {
  expect(hasOpenEnd(flat(100), { steps: 100, programSteps: 4000 }, "stalled")).toBe(true);
  expect(hasOpenEnd(flat(100, "the budget"), { steps: 4000 }, "stalled")).toBe(true);
});

test("one that has made enough of them, and whose loss does not fall, is not: the twin", () => {
  expect(hasOpenEnd(flat(400), { steps: 400, programSteps: 4000 }, "stalled")).toBe(false);
  expect(hasOpenEnd(flat(100), { steps: 100, programSteps: 150 }, "stalled")).toBe(false);
  expect(hasOpenEnd(flat(100), { steps: 100 }, "stalled")).toBe(false);
});

test("a clock that ends a run on the level stretch of its beginning leaves it open, and a run may go on along it", () => {
  expect(hasOpenEnd(flat(2_200, "the budget"), { steps: 5_000 }, "stalled")).toBe(true);
  expect(hasOpenEnd(flat(1_200, "the budget"), { steps: 3_000 }, "collapsed")).toBe(true);
  expect(hasSettled(flat(2_200).trace, { steps: 5_000 })).toBe(false);
});

test("one that was ended behind most of its steps, or behind many, has shown enough: the twins", () => {
  expect(hasOpenEnd(flat(1_600, "the budget"), { steps: 3_000 }, "stalled")).toBe(false);
  expect(hasOpenEnd(flat(2_600, "the budget"), { steps: 40_000 }, "stalled")).toBe(false);
  expect(hasSettled(flat(2_600).trace, { steps: 40_000 })).toBe(true);
});

test("averages that hide what is learnt may still arrive in the steps that a program has left", () => {
  const learnt = { batchStatistics: { withAverages: 1.6, withOwn: 0.1 } };
  expect(hasOpenEnd({ ...flat(400), survey: learnt }, { steps: 400, programSteps: 4000 }, "collapsed")).toBe(
    true,
  );
  expect(hasOpenEnd({ ...flat(400, "the budget"), survey: learnt }, { steps: 4000 }, "collapsed")).toBe(true);
});

test("they have arrived, hide nothing, or have no steps left: the twins", () => {
  const learnt = { batchStatistics: { withAverages: 1.6, withOwn: 0.1 } };
  const nothing = { batchStatistics: { withAverages: 1.6, withOwn: 1.1 } };
  expect(hasOpenEnd({ ...flat(600), survey: learnt }, { steps: 600, programSteps: 4000 }, "collapsed")).toBe(
    false,
  );
  expect(hasOpenEnd({ ...flat(400), survey: nothing }, { steps: 400, programSteps: 4000 }, "collapsed")).toBe(
    false,
  );
  expect(hasOpenEnd({ ...flat(400), survey: learnt }, { steps: 400 }, "collapsed")).toBe(false);
});
