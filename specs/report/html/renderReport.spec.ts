import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CauseStatus } from "../../../src/judging/diagnosis/cure/attempt.ts";
import type { Finding } from "../../../src/judging/diagnosis/finding.ts";
import type { LawResult } from "../../../src/judging/law/law.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import type { EngineName } from "../../../src/learning/engine/engineName.ts";
import { type ReportContent, renderReport } from "../../../src/report/html/renderReport.ts";
import { madeUpLaw, madeUpReport, madeUpRun } from "./madeUpCheck.ts";

const HOSTILE = `<script>alert("1")</script><img src='x' onerror="alert(1)">&amp;]]>--></td></table>`;

/** A report with `text` in every field that holds text. */
function reportOf(text: string): ReportContent {
  const { config, subject, engine, examination } = madeUpReport([
    madeUpLaw({ name: text, claim: text, detail: text, bound: text as LawResult["bound"] }),
  ]);
  return {
    config: { ...config, subject: text } as Config,
    engine: { ...engine, name: text as EngineName, device: text },
    subject,
    cures: {
      cure: null,
      attempts: [
        {
          cause: "overfitting",
          change: text,
          values: {},
          config,
          verdict: "learns",
          lossOverVariance: 1,
          brokenLaws: [text],
          cures: false,
        },
      ],
      notTried: [{ cause: "overfitting", change: text, reason: text }],
      causes: [
        {
          cause: text as Finding["cause"],
          confidence: 1,
          evidence: text,
          status: text as CauseStatus,
          why: text,
          change: text,
        },
      ],
    },
    examination: {
      ...examination,
      findings: [{ cause: text as Finding["cause"], confidence: 1, evidence: text }],
      run: { ...examination.run, digest: text },
    },
  };
}

/** The chart library numbers its names through a process; which one a chart got is no matter here. */
function withoutNumbers(html: string): string {
  return html.replaceAll(/zr\d+-(c|cls-)\d+/g, "zr-$1");
}

function tagsOf(html: string): string[] {
  return withoutNumbers(html).match(/<[^>]*>/g) ?? [];
}

describe("a report", () => {
  // Without the escapes of any one field, its <script> is a tag more.
  test("keeps hostile text in any field from becoming markup", () => {
    const html = renderReport(reportOf(HOSTILE));

    expect(tagsOf(html)).toEqual(tagsOf(renderReport(reportOf("plain"))));
    expect(html).not.toMatch(/<script|<img/i);
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

    expect(renderReport(content)).toContain("engine wasm: ");
    expect(renderReport({ ...content, engine: gpu })).toContain("engine webgpu on NVIDIA H100: ");
  });

  test("has no script and refers to nothing outside itself", () => {
    const html = renderReport(madeUpReport());

    const addresses = html.match(/(?:https?:)?\/\/[\w.-]+[^\s"'<]*/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith("http://www.w3.org/"))).toEqual([]);
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\((?!#)|src=|\son\w+=/i);
  });

  test("marks broken laws as broken, and a law that measured nothing as undefined", () => {
    const html = renderReport(madeUpReport([madeUpLaw(), madeUpLaw({ holds: false, measured: null })]));

    expect(html.match(/<span class="holds">/g)).toHaveLength(1);
    expect(html.match(/<span class="broken">/g)).toHaveLength(1);
    expect(html).toContain('<td class="number">undefined</td>');
    expect(html).toContain('<h1 class="broken">');
  });

  test("holds the config, whole, that replays its run", () => {
    const content = madeUpReport();

    const html = renderReport(content);

    const [, shown] = html.match(/<pre[^>]*>([\s\S]*)<\/pre>/) as RegExpMatchArray;
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
