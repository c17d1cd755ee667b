import { describe, expect, test } from "vitest";
import { MOST_COMMENT_BYTES } from "../../../../src/keeping/gate/github/comment.ts";
import { summarise } from "../../../../src/keeping/gate/github/summary.ts";
import { madeUpRegression, madeUpResult } from "../madeUp.ts";

const MOST_SUMMARY = 1024 ** 2;

describe("a summary", () => {
  test("of values of a megabyte cuts each of them, and says so", () => {
    const [long, other] = [JSON.stringify("*".repeat(1_000_000)), JSON.stringify("+".repeat(1_000_000))];
    const configChanges = Array.from({ length: 300 }, (_, at) => ({
      field: `model.${"f".repeat(at)}`,
      baseline: long,
      now: other,
    }));
    const summary = summarise(madeUpResult([madeUpRegression({ configChanges })]));

    expect(Buffer.byteLength(summary)).toBeLessThan(MOST_COMMENT_BYTES);
    expect(summary).toContain("999882 more characters");
    expect(summary).toContain("- 280 more fields changed");
    expect(summary).not.toContain("Left out");
  });

  test("of thousands of subjects stays within what GitHub takes, begins with the outcome and says what is missing", () => {
    const subjects = Array.from({ length: 1_500 }, (_, at) =>
      madeUpRegression({ name: `${"ü|<".repeat(40)}${at}` }),
    );
    const result = madeUpResult(subjects);

    for (const [summary, most] of [
      [summarise(result), MOST_SUMMARY],
      [summarise(result, MOST_COMMENT_BYTES), 65_536],
    ] as const) {
      expect(Buffer.byteLength(summary)).toBeLessThan(most);
      expect(summary).toMatch(
        /^## ❌ The gate fails: 1500 of 1500 subjects regressed, on wasm\.\n\n\| verdict/,
      );
      expect(summary).toMatch(
        /\n\nLeft out, since GitHub takes no more: \d+ subjects, \d+ changes, \d+ metrics/,
      );
      expect(summary).toContain("### Replay");
      expect(summary.match(/```/g)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0);
    }
  });
});
