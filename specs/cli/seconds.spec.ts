import { describe, expect, test } from "vitest";
import { describeEstimate, printBudget } from "../../src/cli/describeBudget.ts";
import { parseSeconds } from "../../src/cli/seconds.ts";

describe("a time on the command line", () => {
  test.each([
    ["90s", 90],
    ["90", 90],
    ["10m", 600],
    ["0.5h", 1800],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseSeconds("--budget", text)).toBe(seconds);
  });

  test.each(["0s", "-1", "soon", "10 min", ""])("%j is refused", (text) => {
    expect(() => parseSeconds("--budget", text)).toThrow("--budget: must be a time above 0");
  });
});

test.each([
  [3.2, "4s"],
  [119, "119s"],
  [121, "3m"],
  [7_100, "119m"],
  [7_300, "3h"],
])("a budget of %d seconds is written as %s, and is read back as no less", (seconds, text) => {
  expect(printBudget(seconds)).toBe(text);
  expect(parseSeconds("--budget", text)).toBeGreaterThanOrEqual(seconds);
});

test("an estimate says both ends, and a budget bounds the longer one", () => {
  expect(describeEstimate({ learns: 4.4, fails: 130 }, undefined)).toBe(
    "about 4 s if it learns, up to 2 min of trying changes if it does not; --budget 90s sets a bound",
  );
  expect(describeEstimate({ learns: 4.4, fails: 130 }, 41)).toBe(
    "about 4 s if it learns, up to 40 s of trying changes if it does not",
  );
  expect(describeEstimate({ learns: 400, fails: 9000 }, 90)).toBe("about 90 s");
});
