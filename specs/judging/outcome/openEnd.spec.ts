import { expect, test } from "vitest";
import { hasOpenEnd } from "../../../src/judging/outcome/openEnd.ts";
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
