import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { writeClaims } from "../../scripts/writeClaims.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";

const page = (await readFile("docs/laws.md", "utf8")).replaceAll("\r\n", "\n");

describe("docs/laws.md", () => {
  test("says of every law what the law claims; if not: npm run docs", () => {
    expect(page).toBe(writeClaims(page));
  });

  test("gives the thresholds of the verdicts", () => {
    const { varianceRatio, lossOverVariance, divergedLossOverVariance } = parseConfig({}).thresholds;

    expect(page).toContain(`the variance ratio is below ${varianceRatio}:`);
    expect(page).toContain(`the mean squared error is below ${lossOverVariance} Var(Y)`);
    expect(page).toContain(`the mean squared error is over ${divergedLossOverVariance} Var(Y)`);
  });

  test("is found out where a claim is stale, a law has no row, or a row has no law", () => {
    const claim = "it overfits one example to a loss near zero";
    const row = page.split("\n").find((line) => line.includes("`overfitsOne`")) ?? "";

    expect(writeClaims(page.replace(claim, "it is old"))).toContain(claim);
    expect(() => writeClaims(page.replace(`${row}\n`, ""))).toThrow("a row for overfitsOne");
    expect(() => writeClaims(`${page}| [\`gone\`](laws/gone.md) | claim |\n`)).toThrow("gone is none");
  });
});
