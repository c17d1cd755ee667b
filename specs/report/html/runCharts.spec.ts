import { describe, expect, test } from "vitest";
import { drawLossChart } from "../../../src/report/html/runCharts.ts";
import { madeUpRun } from "./madeUpCheck.ts";

function chartOf(losses: number[], targetVariance = 0.25): string {
  const trace = { ...madeUpRun.trace, losses };
  return drawLossChart({ ...madeUpRun, trace, train: { ...madeUpRun.train, targetVariance } });
}

/** Points of the longest path that is drawn without a fill: the loss line. */
function pointsOf(svg: string): number {
  const paths = [...svg.matchAll(/<path d="([^"]*)"[^>]*fill="none"/g)].map(([, path]) => path as string);
  return Math.max(0, ...paths.map((path) => path.split(/[ML ]+/).filter(Boolean).length / 2));
}

describe("a loss chart", () => {
  test("is one SVG element with the losses and the line of Var(Y)", () => {
    const svg = chartOf([0.5, 0.1, 0.01]);

    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(svg).toContain(">Var(Y)<");
    expect(svg).toContain(">step<");
  });

  test("has no line of Var(Y) where that is 0, which a logarithmic axis cannot show", () => {
    expect(chartOf([0.5, 0.1], 0)).not.toContain("Var(Y)");
  });

  test.each([
    [[]],
    [[1]],
    [[0, 0, 0]],
    [[1, Number.NaN]],
    [[1, Number.POSITIVE_INFINITY]],
    [[-1, -2]],
    [[1e-38, 1e38]],
  ])("draws the losses %j without a coordinate that is no number", (losses) => {
    const svg = chartOf(losses);

    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("stays small for a million steps, with points enough for its width", () => {
    const losses = Array.from({ length: 1_000_000 }, (_, step) => 1 / (1 + step));

    const svg = chartOf(losses);

    expect(svg.length).toBeLessThan(60_000);
    expect(pointsOf(svg)).toBeGreaterThan(100);
  });
});
