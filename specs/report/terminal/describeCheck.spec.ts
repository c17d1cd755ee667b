import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { describeCheck } from "../../../src/report/terminal/describeCheck.ts";
import { madeUpCheck, madeUpLaw } from "../html/madeUpCheck.ts";

const broken = madeUpLaw({ name: "climbs", claim: "it climbs", measured: null, bound: "≥", holds: false });

/** The text without its colours, which depend on the terminal that the specs run in. */
function describePlainly(...args: Parameters<typeof describeCheck>): string {
  return stripVTControlCharacters(describeCheck(...args));
}

describe("a check as a table", () => {
  test("says the verdict, a row for each law, the sum of it and where the report is", () => {
    const text = describePlainly(madeUpCheck([madeUpLaw(), broken], "collapsed"), "/reports/out.html");

    expect(text).toMatchInlineSnapshot(`
      "collapsed: it predicts a constant, whatever the input
      ┌────────┬──────────────┬───────────┬─────────┬───────────────────┐
      │        │ law          │  measured │ must be │ what              │
      │ holds  │ beatsTheMean │    0.0492 │   < 0.2 │ it beats the mean │
      │ BROKEN │ climbs       │ undefined │   ≥ 0.2 │ it climbs         │
      └────────┴──────────────┴───────────┴─────────┴───────────────────┘
      1 of 2 laws broken: climbs.
      Report: /reports/out.html"
    `);
  });

  test("says that all laws hold only where all do", () => {
    const whole = describePlainly(madeUpCheck([madeUpLaw(), madeUpLaw()]), null);
    const half = describePlainly(madeUpCheck([madeUpLaw(), broken]), null);

    expect(whole).toContain("All 2 laws hold.");
    expect(half).not.toContain("laws hold.");
    expect(half).toContain("1 of 2 laws broken: climbs.");
  });

  test("names no report where none could be written", () => {
    expect(describePlainly(madeUpCheck([madeUpLaw()]), null)).not.toContain("Report");
  });
});
