import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UnwrittenError } from "../../../src/foundation/files/writeWhole.ts";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { ReportContent } from "../../../src/report/html/renderReport.ts";
import { renderReport } from "../../../src/report/html/renderReport.ts";
import { refuseUnwritable, writeReport } from "../../../src/report/html/writeReport.ts";
import { healthySubject } from "../../claims/brokenSubjects.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { madeUpReport } from "./madeUpCheck.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-report-"));
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

async function content(): Promise<ReportContent> {
  const engine = await startEngineUnderTest();
  const config = parseConfig({});
  const subject = { ...healthySubject(1), steps: 20 };
  const check = await checkLaws(subject, {
    thresholds: config.thresholds,
    bitExact: true,
    laws: laws.filter(({ name }) => name === "predictionsVary" || name === "beatsTheMean"),
  });
  return {
    config,
    subject,
    engine,
    examination: { ...check, findings: [], data: [] },
    cures: { cure: null, cured: null, attempts: [], notTried: [], causes: [] },
  };
}

describe("a report", () => {
  test("says the verdict, the laws, the digest and the config, and needs nothing from outside", async () => {
    const report = await content();

    const html = renderReport(report);

    expect(html).toContain(report.examination.verdict);
    expect(html).toContain("predictionsVary");
    expect(html).toContain(report.examination.run.digest);
    expect(html).toContain("&quot;seed&quot;: 1");
    expect(html).toContain("Var(Y)");
    const links = html.match(/https?:[^"' ]*/g) ?? [];
    expect(links.every((link) => link.startsWith("http://www.w3.org/"))).toBe(true);
    expect(html).not.toMatch(/<link|@import|url\((?!#)/);
  });

  test("shows text as text: markup in a name cannot become markup", async () => {
    const report = await content();
    const subject = { ...report.subject, name: "<img src=x onerror=alert(1)>" };

    const html = renderReport({ ...report, subject });

    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  test("replaces an old one whole and leaves no other file", async () => {
    const path = join(folder, "report.html");
    await writeFile(path, "old");

    const written = await content();
    await Promise.all([writeReport(path, written), writeReport(path, written)]);

    const text = await readFile(path, "utf8");
    expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(text.split("<!doctype html>")).toHaveLength(2);
    expect(await readdir(folder)).toEqual(["report.html"]);
  });

  test("that has no place is not written, and leaves nothing else", async () => {
    const path = join(folder, "report.html");
    await mkdir(path);

    await expect(writeReport(path, madeUpReport())).rejects.toThrow(UnwrittenError);

    expect(await readdir(folder)).toEqual(["report.html"]);
  });

  test("that cannot be written is refused beforehand, naming the option", async () => {
    await expect(refuseUnwritable(folder)).rejects.toThrow("--report: must be a file; this is a directory");
    await expect(refuseUnwritable(join(folder, "none", "report.html"))).rejects.toThrow(
      "--report: must lie in a folder that exists and can be written",
    );
    await expect(refuseUnwritable(join(folder, "report.html"))).resolves.toBeUndefined();
  });

  // Windows has none that is named as a file.
  test.runIf(existsSync("/dev/null"))("that is a device is refused beforehand", async () => {
    await expect(refuseUnwritable("/dev/null")).rejects.toThrow("--report: must be a file; this is a device");
  });
});
