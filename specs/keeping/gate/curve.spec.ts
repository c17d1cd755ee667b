import { describe, expect, test } from "vitest";
import { plotCurves } from "../../../src/keeping/gate/curve.ts";
import { thinCurve } from "../../../src/keeping/gate/measurement/thinCurve.ts";

describe("a loss curve", () => {
  test("is thinned to what a chart can show, from its first loss on", () => {
    const curve = thinCurve(Array.from({ length: 1000 }, (_, step) => 1 / (step + 1)));

    expect(curve).toHaveLength(56);
    expect(curve[0]).toBe(1);
    expect(curve.at(-1)).toBeCloseTo(1 / 983, 5);
    expect(thinCurve([0.5, Number.NaN])).toEqual([0.5, null]);
  });

  test("stands beside another on one scale", () => {
    const chart = plotCurves({ baseline: [1, 0.1, 0.01, 0.001], now: [1, 1, 1, 1] });

    expect(chart.split("\n").filter((line) => line.startsWith("  1.0e+0"))).toHaveLength(2);
    expect(chart.match(/1\.0e-3/g)).toHaveLength(2);
    expect(chart).toMatch(/^baseline\n.*[┼┤]/);
    expect(chart).toContain("\n\nnow\n");
  });

  test.each([[[]], [[null]]])("without a finite loss says so", (curve) => {
    expect(plotCurves({ now: curve })).toBe("no loss was finite");
  });

  test.each([[[0]], [[0.3]], [[0, null, 1]], [[1e-300, 1e300]]])("of odd losses is drawn: %j", (curve) => {
    expect(plotCurves({ now: curve }).split("\n").length).toBeGreaterThan(1);
  });
});
