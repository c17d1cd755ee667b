import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLines } from "../../../../src/report/html/chart/drawing.ts";
import { renderDots, renderLines } from "../../../../src/report/html/chart/figure.ts";
import { type LineChart, planDots, planLines } from "../../../../src/report/html/chart/plot.ts";
import type { Point } from "../../../../src/report/html/chart/series.ts";

const names = { xName: "step", yName: "loss" };
const chartOf = (points: readonly Point[], more: Partial<LineChart> = {}): LineChart => ({
  ...names,
  series: [{ name: "a", points }],
  ...more,
});

/** Any number that a run may come to, of any size, and close to another. */
const size = fc.integer({ min: -320, max: 308 }).map((power) => 10 ** power);
const number = fc.oneof(
  fc.double(),
  size,
  size.map((value) => -value),
  size.map((value) => value * (1 + 2 * Number.EPSILON)),
  fc.constant(0),
);

function isDrawn(markup: string): void {
  const [, ...coordinates] = markup.split(/(?= d="| [xy][12]?=")/);
  expect(coordinates.length).toBeGreaterThan(0);
  expect(markup.replaceAll(/data-y="[^"]*"|aria-label="[^"]*"/g, "")).not.toMatch(/NaN|Infinity|undefined/);
}

/** Where a path goes: its points on the square of a plot. */
function pointsOf(path: string): (readonly [number, number])[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([Ml])(-?\d+) ?(-?\d+)/g)].map(([, kind, dx, dy]) => {
    [x, y] = kind === "M" ? [Number(dx), Number(dy)] : [x + Number(dx), y + Number(dy)];
    return [x, y];
  });
}

describe("a chart", () => {
  property.prop([fc.array(number, { maxLength: 6 }), fc.boolean(), number.filter(Number.isFinite)], {
    numRuns: 100,
  })("of lines is drawn of any numbers, on its page and as a file", (values, log, value) => {
    const points = values.map((y, step) => [step, y] as const);
    const chart = chartOf(points, { log, line: { name: "limit", value } });

    isDrawn(renderLines(chart, { title: "a title" }));
    isDrawn(drawLines(chart));
  });

  property.prop([fc.array(number, { minLength: 1, maxLength: 6 }), number.filter(Number.isFinite)], {
    numRuns: 60,
  })("of dots is drawn of any numbers", (values, target) => {
    const points = values.map((y) => [target, y] as const);
    const chart = { ...names, series: [{ name: "a", points }], range: [target, target + 1] as const };

    isDrawn(renderDots(chart, { title: "a title" }));
  });

  property.prop([fc.array(number.filter(Number.isFinite), { minLength: 1, maxLength: 8 })], { numRuns: 100 })(
    "keeps numbers in their order, within its square",
    (values) => {
      const { linear, log } = planLines(chartOf(values.map((y, step) => [step, y])));
      for (const face of [linear, ...(log ? [log] : [])]) {
        const heights = pointsOf(face.paths[0] as string).map(([, y]) => y);
        expect(heights).toHaveLength(values.length);
        heights.forEach((height, index) => {
          expect(height).toBeGreaterThanOrEqual(0);
          expect(height).toBeLessThanOrEqual(1000);
          const before = Math.max(0, index - 1);
          const [value, old] = [values[index] as number, values[before] as number];
          if (value > old) expect(height).toBeLessThanOrEqual(heights[before] as number);
        });
      }
    },
  );

  test("of tiny numbers says how tiny they are", () => {
    const { linear } = planLines(
      chartOf([
        [1, 1e-30],
        [2, 4e-30],
      ]),
    );

    expect(linear.ticks.map(({ label }) => label)).toContain("4.00e-30");
  });

  test("of numbers that hardly differ is a flat line in the middle", () => {
    const { linear } = planLines(
      chartOf([
        [0, 5],
        [1, 5 * (1 + Number.EPSILON)],
      ]),
    );

    expect(pointsOf(linear.paths[0] as string).map(([, y]) => y)).toEqual([500, 500]);
  });

  test("shows its text as text", () => {
    const chart = chartOf([[1, 2]], { line: { name: "<b>", value: 2 } });

    for (const markup of [renderLines(chart, { title: "<i>" }), drawLines(chart)])
      expect(markup).not.toMatch(/<b>|<i>/);
  });
});

/** The kind of fault: a line that stops, without a word, before its axis does. */
describe("every series reaches its end, or says why not", () => {
  test("one that falls to 0 runs along the floor of a logarithmic axis, where 0 is written", () => {
    const { log, series } = planLines(
      chartOf([
        [0, 1],
        [4, 0.01],
        [8, 0],
        [150, 0],
      ]),
    );

    expect(pointsOf(log?.paths[0] ?? "").slice(-2)).toEqual([
      [53, 1000],
      [1000, 1000],
    ]);
    expect(log?.ticks[0]).toEqual({ at: 0, label: "0" });
    expect(series[0]?.note).toBe("0 from step 8 on");
  });

  test.each([
    [[0, -1, 5], "5 is above, the others on the floor"],
    [[1e-200, 1, 5], "far below the greatest"],
  ])("%j: what a logarithmic axis cannot show lies on its floor (%s)", (values) => {
    const { log } = planLines(chartOf((values as number[]).map((y, step) => [step, y])));

    const heights = pointsOf(log?.paths[0] ?? "").map(([, y]) => y);
    expect(heights[0]).toBe(1000);
    expect(heights.at(-1)).toBeLessThan(900);
  });

  test("the twin: a series above 0 to its end has no floor and no note", () => {
    const { log, series } = planLines(
      chartOf([
        [0, 1],
        [8, 0.01],
      ]),
    );

    expect(log?.ticks.map(({ label }) => label)).not.toContain("0");
    expect(series[0]?.note).toBe("");
  });

  test.each([
    [[1, Number.NaN], "not a finite number from step 1 on"],
    [[1, Number.POSITIVE_INFINITY, Number.NaN], "not a finite number from step 1 on"],
    [[Number.NaN], "never a finite number"],
    [[], "not measured"],
  ])("one of %j says so", (values, note) => {
    const { series } = planLines(chartOf(values.map((y, step) => [step, y])));

    expect(series[0]?.note).toBe(note);
  });

  test("one that ends before the axis says where, and the axis does not shrink to it", () => {
    const { linear, series, xEnds } = planLines(
      chartOf(
        [
          [0, 1],
          [8, 2],
        ],
        { xMost: 150 },
      ),
    );

    expect(xEnds).toEqual([0, 150]);
    expect(pointsOf(linear.paths[0] as string).at(-1)).toEqual([53, 0]);
    expect(series[0]?.note).toBe("last measured at step 8");
  });

  test.each([240, 241, 1000, 100_000])("one of %i points keeps its first, its last and its peak", (count) => {
    const points = Array.from(
      { length: count },
      (_, step): Point => [step, step === 77 ? 9 : 1 / (1 + step)],
    );

    const [kept] = planLines(chartOf(points)).series;

    expect(kept?.points[0]).toEqual(points[0]);
    expect(kept?.points.at(-1)).toEqual(points.at(-1));
    expect(kept?.points).toContainEqual([77, 9]);
    expect(kept?.points.length).toBeLessThanOrEqual(240);
    expect(kept?.points.length).toBeGreaterThan(100);
  });

  test("what lies above the greatest number of the axis runs along its edge", () => {
    const { linear } = planLines(
      chartOf(
        [
          [0, 0],
          [1, 1e9],
        ],
        { yMost: 4 },
      ),
    );

    expect(linear.ticks.at(-1)?.label).toBe("4");
    expect(pointsOf(linear.paths[0] as string).at(-1)).toEqual([1000, 0]);
  });
});

test("dots off the range of the targets stay on the chart, and so does the diagonal", () => {
  const { series, diagonal } = planDots({
    ...names,
    series: [{ name: "a", points: [[0, 5]] }],
    range: [0, 1],
  });

  expect(series[0]?.path).toBe("M0 0h0");
  expect(diagonal).toBe("M0 1000L1000 800");
});
