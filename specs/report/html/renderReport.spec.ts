import { createHash } from "node:crypto";
import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CauseStatus } from "../../../src/judging/diagnosis/cure/attempt.ts";
import type { Finding } from "../../../src/judging/diagnosis/finding.ts";
import type { LawResult } from "../../../src/judging/law/law.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import type { EngineName } from "../../../src/learning/engine/engineName.ts";
import { type ReportContent, renderReport } from "../../../src/report/html/renderReport.ts";
import { largestReport } from "./largestReport.ts";
import { madeUpConfig, madeUpLaw, madeUpReport, madeUpRun } from "./madeUpCheck.ts";

const HOSTILE = `<script>alert("1")</script><img src='x' onerror="alert(1)">&amp;]]>--></td></table>`;

const config = madeUpConfig;

/** A report with `text` in every field that holds text. */
function reportOf(text: string): ReportContent {
  const { subject, engine, examination } = madeUpReport([
    madeUpLaw({ name: text, claim: text, detail: text, bound: text as LawResult["bound"] }),
  ]);
  return {
    config: { ...config, subject: text } as unknown as Config,
    engine: { ...engine, name: text as EngineName, device: text },
    subject: { ...subject, name: text },
    source: { file: text, commit: { id: text, date: text, changed: true } },
    cures: {
      cure: null,
      cured: null,
      attempts: [
        {
          cause: "overfitting",
          change: text,
          values: {},
          config,
          verdict: "learns",
          lossOverVariance: 1,
          brokenLaws: [text],
          remaining: [],
          cures: false,
          cut: null,
        },
      ],
      notTried: [{ cause: "overfitting", change: text, reason: text }],
      causes: [
        {
          cause: text as Finding["cause"],
          rank: 1,
          evidence: text,
          status: text as CauseStatus,
          why: text,
          change: text,
        },
      ],
    },
    examination: {
      ...examination,
      findings: [{ cause: text as Finding["cause"], rank: 1, evidence: text }],
      notAsked: [{ name: text, reason: text }],
      run: { ...examination.run, digest: text },
    },
  };
}

/** The names of all tags; attributes with text in them differ with the text. */
function tagsOf(html: string): string[] {
  return html.match(/<\/?[a-z][a-z0-9]*/gi) ?? [];
}

describe("a report", () => {
  test("says which laws do not apply, and why, if there are any", () => {
    const content = madeUpReport([madeUpLaw()]);
    const notAsked = [{ name: "generalises", reason: "no examples are held out" }];
    const examination = { ...content.examination, notAsked };

    expect(renderReport({ ...content, examination })).toMatch(
      /1 law does not apply.*generalises: no examples/s,
    );
    expect(renderReport(content)).not.toContain("not apply");
  });

  // Without the escapes of any one field, its <script> is a tag more.
  test("keeps hostile text in any field from becoming markup", () => {
    const html = renderReport(reportOf(HOSTILE));

    expect(tagsOf(html)).toEqual(tagsOf(renderReport(reportOf("plain"))));
    expect(html.match(/<script/gi)).toHaveLength(1);
    expect(html).not.toMatch(/<img/i);
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)");
  });

  property.prop([fc.string({ unit: fc.constantFrom(..."<>&\"'/ a=") })], { numRuns: 30 })(
    "has the same tags whatever its text",
    (text) => {
      expect(tagsOf(renderReport(reportOf(text)))).toEqual(tagsOf(renderReport(reportOf(""))));
    },
  );

  test("says which engine ran, and on which GPU", () => {
    const content = madeUpReport();
    const gpu = { ...content.engine, name: "webgpu" as const, device: "NVIDIA H100" };

    expect(renderReport(content)).toContain(" · wasm · ");
    expect(renderReport({ ...content, engine: gpu })).toContain(" · webgpu on NVIDIA H100 · ");
  });

  test("refers to nothing outside itself, and allows no script and no style but its own", () => {
    const html = renderReport(madeUpReport());

    const addresses = html.match(/(?:https?:)?\/\/[\w.-]+[^\s"'<]*/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith("http://www.w3.org/"))).toEqual([]);
    expect(html).not.toMatch(/<link|<iframe|@import|url\((?!#)|\ssrc=|\son\w+=|\sstyle=/i);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    const hash = (name: string) => {
      const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(html)?.[1] as string;
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; img-src data:; style-src ${hash("style")}; script-src ${hash("script")}; base-uri 'none'; form-action 'none'`,
    );
  });

  test("opens broken laws, folds those that hold, and calls what measured nothing undefined", () => {
    const html = renderReport(
      madeUpReport([madeUpLaw(), madeUpLaw({ name: "generalises", holds: false, measured: null })]),
    );

    const [open = "", folded = ""] = html.slice(html.indexOf('<h2 id="laws">')).split("<details>");
    expect(open).toContain("generalises: broken");
    expect(open).toContain("<strong>undefined</strong>");
    expect(open).not.toContain("beatsTheMean");
    expect(folded).toContain("beatsTheMean");
    expect(html).toContain("✕ generalises undefined");
    expect(html).toContain("1 law holds");
  });

  test("says where the subject comes from, and has no date but its commit's", () => {
    const commit = { id: "a1b2c3d", date: "2026-11-26", changed: true };
    const html = renderReport({ ...madeUpReport(), source: { file: "collapse.json", commit } });

    expect(html).toContain(
      "box-regression · collapse.json · commit a1b2c3d of 2026-11-26, with changes · seed 1",
    );
    expect(html).toContain("npx learnproof train collapse.json --seed 1");
    expect(renderReport(madeUpReport())).not.toMatch(/commit|\b20\d\d-\d\d/);
  });

  test("stays below 150 KB with many layers, steps, outputs and pictures of noise", async () => {
    const html = renderReport(largestReport());

    expect(html.length).toBeLessThan(150_000);
    // The twin: it holds what makes it large.
    expect(html.match(/data:image\/png/g)?.length).toBeGreaterThanOrEqual(6);
    expect(html.match(/<figure/g)?.length).toBeGreaterThanOrEqual(12);
  });

  test("holds the config, whole, that replays its run", () => {
    const content = madeUpReport();

    const html = renderReport(content);

    const [, shown] = html.match(/<pre id="config"[^>]*>([\s\S]*)<\/pre>/) as RegExpMatchArray;
    expect(JSON.parse((shown as string).replaceAll("&quot;", '"'))).toEqual(content.config);
    expect(html).toContain(madeUpRun.digest);
  });
});

describe("the ladder in a report", () => {
  const rung = {
    examples: 2,
    verdict: "learns",
    steps: 20,
    loss: 0.001,
    varianceRatio: 1,
    width: 1,
    layers: 0,
    odd: [],
  } as const;
  const ladder = {
    rungs: [rung],
    verdict: "learns",
    generalises: true,
    needed: { width: 1, layers: 0 },
    findings: [],
  } as const;

  test.each([
    [
      ladder,
      "Every rung was climbed as wide as it is written; the whole set is learnt, held-out examples are predicted.",
    ],
    [
      { ...ladder, needed: { width: 4, layers: 1 }, verdict: "stalled", generalises: null },
      "with 4 times the width and 1 more layers; the whole set is not learnt (stalled).",
    ],
    [
      { ...ladder, rungs: [{ ...rung, verdict: "collapsed" }] },
      "At 2 examples it is collapsed, and neither width nor depth helped",
    ],
  ] as const)("%#: says how far it was climbed, and with how much", (climbed, sentence) => {
    expect(renderReport({ ...madeUpReport(), ladder: climbed })).toContain(sentence);
  });

  test("is left out where it was not climbed, and names odd examples as text", () => {
    const odd = [{ example: 7, reason: "<b>odd</b>" }];

    expect(renderReport(madeUpReport())).not.toContain("The ladder");
    expect(renderReport({ ...madeUpReport(), ladder: { ...ladder, rungs: [{ ...rung, odd }] } })).toContain(
      "example 7: &lt;b&gt;odd&lt;/b&gt;",
    );
  });
});
