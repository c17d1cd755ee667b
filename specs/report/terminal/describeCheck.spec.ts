import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { type CureSearch, withoutSearch } from "../../../src/judging/diagnosis/cure/attempt.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import {
  type CheckDetail,
  describeCheck,
  describeCheckBriefly,
} from "../../../src/report/terminal/describeCheck.ts";
import { madeUpCheck, madeUpLaw } from "../html/madeUpCheck.ts";

const broken = madeUpLaw({ name: "climbs", claim: "it climbs", measured: null, bound: "≥", holds: false });
const NO_CURES = withoutSearch([], "nothing is wrong");
const wide = { columns: 120 };

type Examination = ReturnType<typeof madeUpCheck>;

/** The text without its colours, which depend on the terminal that the specs run in. */
function describePlainly(
  examination: Examination,
  report: string | null,
  detail: CheckDetail = wide,
  cures: CureSearch = NO_CURES,
): string {
  return stripVTControlCharacters(describeCheck({ examination, cures, report }, detail));
}

/** A check in which every law is broken, with three causes and a long cure. */
function badCheck(): { examination: Examination; cures: CureSearch } {
  const all = laws.map(({ name, claim }) => madeUpLaw({ name, claim, holds: false }));
  const evidence =
    "targets lie from -1.96e+5 to 4.00e+5, mean 79900, standard deviation 1.06e+5, while the last layer starts near 0";
  const findings = ["targets-not-normalised", "inputs-not-normalised", "too-little-capacity"] as const;
  const attempt = {
    cause: findings[0],
    change: "data.standardiseInputs false → true, data.standardiseTargets false → true",
    values: {},
    config: parseConfig({}),
    verdict: "learns",
    lossOverVariance: 0.0796,
    brokenLaws: [],
    remaining: [],
    cures: true,
    cut: null,
  } as const;
  const found = findings.map((cause) => ({ cause, evidence, rank: 0.9 }));
  return {
    examination: { ...madeUpCheck(all, "collapsed"), findings: found },
    cures: {
      ...withoutSearch(found, "nothing was tried"),
      cure: attempt,
      attempts: [
        { ...attempt, verdict: "stalled", brokenLaws: ["climbs"], remaining: [], cures: false },
        attempt,
      ],
    },
  };
}

describe("a check on a terminal", () => {
  test("says the verdict, the broken laws, how many hold, and where the report is", () => {
    const text = describePlainly(madeUpCheck([madeUpLaw(), broken], "collapsed"), "/reports/out.html");

    expect(text).toMatchInlineSnapshot(`
      "collapsed: it predicts a constant, whatever the input
      1 of 2 laws broken: climbs.
      BROKEN climbs        undefined, must be ≥ 0.2        it climbs
      1 law holds (--verbose lists them).
      Report: /reports/out.html"
    `);
  });

  test("lists the laws that hold where that is asked for", () => {
    const text = describePlainly(madeUpCheck([madeUpLaw(), broken]), null, { ...wide, verbose: true });

    expect(text).toMatch(/holds +beatsTheMean +0.0492, must be < 0.2 +it beats the mean/);
  });

  test("lists the laws that do not apply, and why, only where all laws are listed", () => {
    const examination = {
      ...madeUpCheck([madeUpLaw()]),
      notAsked: [{ name: "generalises", reason: "there are no held-out examples" }],
    };

    expect(describePlainly(examination, null, { ...wide, verbose: true })).toContain(
      "not asked: generalises, because there are no held-out examples",
    );
    expect(describePlainly(examination, null, wide)).not.toContain("not asked");
  });

  test("says that all laws hold only where all do", () => {
    const whole = describePlainly(madeUpCheck([madeUpLaw(), madeUpLaw()]), null);
    const half = describePlainly(madeUpCheck([madeUpLaw(), broken]), null);

    expect(whole).toContain("All 2 laws hold.");
    expect(half).not.toContain("All");
    expect(half).toContain("1 of 2 laws broken: climbs.");
  });

  test("names no report where none could be written", () => {
    expect(describePlainly(madeUpCheck([madeUpLaw()]), null)).not.toContain("Report");
  });

  // One line goes to what is checked.
  test("fits on 23 lines of 80 columns however much is wrong, and breaks between words", () => {
    const { examination, cures } = badCheck();

    const text = describePlainly(
      examination,
      "/home/somebody/project/learnproof-report.html",
      { columns: 80 },
      cures,
    );

    const lines = text.split("\n");
    expect(lines.length).toBeLessThanOrEqual(23);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    const words = describePlainly(
      examination,
      "/home/somebody/project/learnproof-report.html",
      {
        columns: Number.POSITIVE_INFINITY,
      },
      cures,
    ).split(/\s+/);
    for (const word of text.split(/\s+/)) expect(words).toContain(word);
    for (const part of ["targets-not-normalised", "standardiseTargets", "Report:", "explain"])
      expect(text).toContain(part);
  });

  test("in one line names verdict, cause and cure", () => {
    const { examination, cures } = badCheck();

    const line = describeCheckBriefly({ examination, cures, report: null });

    expect(line).toBe(
      `collapsed, ${laws.length} of ${laws.length} laws broken; cause targets-not-normalised; cure data.standardiseInputs false → true, data.standardiseTargets false → true`,
    );
  });
});
