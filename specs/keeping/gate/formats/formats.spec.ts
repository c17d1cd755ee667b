import { describe, expect, test } from "vitest";
import { junitOf } from "../../../../src/keeping/gate/formats/junit.ts";
import { sarifOf } from "../../../../src/keeping/gate/formats/sarif.ts";
import { madeUpRegression, madeUpResult } from "../madeUp.ts";

const CONFIG = '{\n  "subject": "dense",\n  "training": {\n    "steps": 6\n  }\n}';
const configChanges = [{ field: "training.steps", baseline: "60", now: "6" }];
const NASTY = '<tiny> & "co" \u0000\u202e';

describe("SARIF", () => {
  test("has a result for each change, on the line of the config that changed", () => {
    const result = madeUpResult([madeUpRegression({ configChanges })]);
    const { version, runs } = JSON.parse(sarifOf(result, () => CONFIG));

    expect(version).toBe("2.1.0");
    expect(runs[0].results).toHaveLength(result.changes.length);
    expect(runs[0].results[0]).toMatchObject({
      ruleId: "learns",
      level: "error",
      locations: [{ physicalLocation: { artifactLocation: { uri: "tiny.json" }, region: { startLine: 4 } } }],
    });
    const rules = runs[0].tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { ruleId } of runs[0].results) expect(rules).toContain(ruleId);
  });

  test("has none where nothing changed, and the first line where the config cannot be read", () => {
    const holds = madeUpRegression({ changes: [] });

    expect(JSON.parse(sarifOf(madeUpResult([holds]), () => CONFIG)).runs[0].results).toEqual([]);
    expect(sarifOf(madeUpResult([madeUpRegression({ configChanges })]), () => null)).toContain(
      '"startLine": 1',
    );
  });
});

describe("JUnit", () => {
  test("has a case for each metric, which fails where it regressed, and counts them", () => {
    const regressed = madeUpRegression();
    const holding = madeUpRegression({
      name: "other",
      comparisons: regressed.comparisons.map((one) => ({ ...one, kind: "holds" as const })),
    });
    const xml = junitOf(madeUpResult([regressed, holding], { unchanged: ["third"] }));

    expect(xml).toContain('<testsuites name="learnproof gate" tests="15" failures="7">');
    expect(xml.match(/<testcase /g)).toHaveLength(15);
    expect(xml.match(/<failure /g)).toHaveLength(7);
    expect(xml).toContain('<testsuite name="other" tests="7" failures="0">');
    expect(xml.match(/<skipped\/>/g)).toHaveLength(1);
  });

  test("escapes what is markup or no text", () => {
    const xml = junitOf(madeUpResult([madeUpRegression({ name: NASTY })]));

    expect(xml).not.toContain("<tiny>");
    expect(xml).toContain("&#60;tiny&#62; &#38; &#34;co&#34;");
    expect(xml.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
