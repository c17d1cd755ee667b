import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawDots, drawLines, type Point } from "../../../src/report/html/chart.ts";

const names = { xName: "step", yName: "loss" };
const lines = (points: readonly Point[], more: object = {}) =>
  drawLines({ ...names, series: [{ name: "a", points }], ...more });

/** Any number that a run may come to, of any size, and close to another. */
const size = fc.integer({ min: -320, max: 308 }).map((power) => 10 ** power);
const number = fc.oneof(
  fc.double(),
  size,
  size.map((value) => -value),
  size.map((value) => value * (1 + 2 * Number.EPSILON)),
  fc.constant(0),
);

function isDrawn(svg: string): void {
  expect(svg).toMatch(/^<svg[\s\S]*<\/svg>$/);
  expect(svg).not.toContain("could not be drawn");
  expect(svg).not.toMatch(/NaN|Infinity/);
}

describe("a chart", () => {
  property.prop([fc.array(number, { maxLength: 6 }), fc.boolean(), number.filter(Number.isFinite)], {
    numRuns: 60,
  })("of lines is drawn of any numbers", (values, log, value) => {
    const points = values.map((y, step) => [step, y] as const);
    isDrawn(lines(points, { log, line: { name: "limit", value: log ? Math.abs(value) || 1 : value } }));
  });

  property.prop([fc.array(number, { minLength: 1, maxLength: 6 }), number.filter(Number.isFinite)], {
    numRuns: 60,
  })("of dots is drawn of any numbers", (values, target) => {
    const points = values.map((y) => [target, y] as const);
    isDrawn(drawDots({ ...names, series: [{ name: "a", points }], range: [target, target + 1] }));
  });

  test("of tiny numbers says how tiny they are", () => {
    const svg = lines([
      [1, 1e-30],
      [2, 4e-30],
    ]);

    expect(svg).toContain(">4.00e-30<");
  });

  test("of numbers that hardly differ is a flat line in the middle", () => {
    const svg = lines([
      [1, 5],
      [2, 5 * (1 + Number.EPSILON)],
    ]);

    const [, y] = /<path d="M[\d.]+ ([\d.]+)L[\d.]+ \1"[^>]*stroke="#3b82f6"/.exec(svg) ?? [];
    // Between the axis' ends.
    expect(Math.abs(Number(y) - (30 + 275) / 2)).toBeLessThan(2);
  });

  test("that the library cannot draw says so in its place", () => {
    const name = () => {
      throw new Error("a fault of <drawing>");
    };
    const svg = lines([[1, 1]], { line: { name, value: 1 } });

    expect(svg).toContain("This chart could not be drawn: a fault of &lt;drawing&gt;");
  });
});
