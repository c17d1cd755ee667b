import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTooDeep, nestingOf } from "../../../src/foundation/files/nesting.ts";

const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

/** By walking through the value, which a text nested without an end does not allow. */
function walked(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(walked));
}

describe("how deep JSON is nested", () => {
  test.each([
    ["1", 0],
    ['"[[["', 0],
    ['"\\"[[["', 0],
    ['{"a\\\\": [1]}', 2],
    ["[[], [[]], {}]", 3],
    [lists(1_000_000), 1_000_000],
  ])("%.20s is %d", (text, depth) => {
    expect(nestingOf(text)).toBe(depth);
  });

  property.prop([fc.jsonValue({ maxDepth: 12 })])("is told from the text as from the value", (value) => {
    expect(nestingOf(JSON.stringify(value))).toBe(walked(value));
  });
});

describe("a value", () => {
  test("is too deep beyond 100, or where it holds itself, and not for its breadth", () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;

    expect(isTooDeep(JSON.parse(lists(100)))).toBe(false);
    expect(isTooDeep(JSON.parse(lists(101)))).toBe(true);
    expect(isTooDeep(JSON.parse(lists(100_000)))).toBe(true);
    expect(isTooDeep(circular)).toBe(true);
    expect(isTooDeep(Array(100_000).fill([1]))).toBe(false);
  });
});
