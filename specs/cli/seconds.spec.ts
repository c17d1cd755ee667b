import { describe, expect, test } from "vitest";
import { describeEstimate } from "../../src/cli/describeBudget.ts";
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

test("an estimate says both ends, and a budget bounds the longer one", () => {
  expect(describeEstimate({ learns: 4.4, fails: 130 }, undefined)).toBe(
    "about 4 s if it learns, up to 2 min of trying changes if it does not; --budget 90s sets a bound",
  );
  expect(describeEstimate({ learns: 4.4, fails: 130 }, 41)).toBe(
    "about 4 s if it learns, up to 40 s of trying changes if it does not",
  );
  expect(describeEstimate({ learns: 400, fails: 9000 }, 90)).toBe("about 90 s");
});
