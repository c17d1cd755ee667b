import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ExitCode } from "../../src/cli/exitCode.ts";
import { print, printJson } from "../../src/cli/output.ts";
import { exitAfter, keepReport, reportJson } from "../../src/cli/reportFile.ts";
import { writeWhole } from "../../src/foundation/files/writeWhole.ts";
import { escapeMarkup } from "../../src/report/html/markup.ts";

let folder: string;
const printed = { stdout: "", stderr: "" };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-page-"));
  for (const stream of ["stdout", "stderr"] as const) {
    printed[stream] = "";
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe("a report after the results are there", () => {
  test("is written, and the exit code is the verdict's", async () => {
    const path = join(folder, "page.html");

    const report = await keepReport("--report", path, () => writeWhole(path, "page"));

    expect(reportJson(report)).toEqual({ report: path });
    expect(exitAfter(report, ExitCode.fails)).toBe(ExitCode.fails);
    expect(await readFile(path, "utf8")).toBe("page");
  });

  // The folder cannot be written over by a file.
  test("that cannot be written costs the exit code, and JSON says why", async () => {
    const report = await keepReport("--report", folder, () => writeWhole(folder, "page"));

    expect(reportJson(report)).toMatchObject({
      report: null,
      error: { code: "unwritable", field: "--report" },
    });
    expect(exitAfter(report, ExitCode.holds)).toBe(ExitCode.badInput);
    expect(printed.stderr).toMatch(/^learnproof: --report: could not be written, the results above stand/);
  });

  test("that cannot be drawn is said to be our fault, not the disk's", async () => {
    const report = await keepReport("--report", folder, async () => {
      throw new TypeError("no axis");
    });

    expect(reportJson(report)).toMatchObject({ report: null, error: { code: "internal-error" } });
    expect(exitAfter(report, ExitCode.holds)).toBe(ExitCode.badInput);
    expect(printed.stderr).toMatch(/internal error, please report it: the page could not be drawn/);
    expect(printed.stderr).toContain("reportFile.spec.ts");
  });
});

describe("a name that would steer a terminal", () => {
  const NAME = "{a\u202eb\u0007\u009bc";

  test("is shown in text and on a page, and stays itself in JSON", () => {
    print(NAME);
    printJson({ name: NAME });

    const [text, json] = printed.stdout.split("\n") as [string, string];
    expect(text).toBe("{a\\u202eb\\u0007\\u009bc");
    expect(JSON.parse(json)).toEqual({ name: NAME });
    expect(escapeMarkup(`${NAME}<\n`)).toBe("{a\\u202eb\\u0007\\u009bc&lt;\n");
  });
});
