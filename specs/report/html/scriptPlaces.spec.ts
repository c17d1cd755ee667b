import { join } from "node:path";
import { expect, it } from "vitest";
import { scriptPlaces } from "../../../src/cli/scriptWords.ts";
import { runCheck } from "../../../src/judging/check/check.ts";
import { summariseCheck } from "../../../src/judging/check/summariseCheck.ts";
import { renderReport } from "../../../src/report/html/renderReport.ts";

it("shows the line of the script beside the cause, and the edits beside the cure", async () => {
  const finished = await runCheck(join("fixtures", "keras", "captured", "deadOutput"));
  const result = summariseCheck(finished);
  const page = renderReport({ ...finished, script: scriptPlaces(result) });
  const { source } = result.cause ?? {};
  expect(page).toContain(`${source?.file}:${source?.line}`);
  expect(page).toContain("activation=&quot;relu&quot;");
  expect(page).toContain(`deadOutput.py:${result.cure?.edits?.[0]?.source?.line}: change `);
  const without = renderReport(finished);
  expect(without).not.toContain("deadOutput.py:");
});
