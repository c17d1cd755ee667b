import { resolve } from "node:path";
import { printNumber } from "../foundation/print/printNumber.ts";
import { printTable } from "../foundation/print/printTable.ts";
import { FLOOR } from "../keeping/gate/comparing/plan.ts";
import { plain } from "../keeping/gate/plain.ts";
import { readHistory } from "../keeping/history/historyFile.ts";
import { type ChangePoint, changePointsOf, pointsOf, trendsOf } from "../keeping/history/trend.ts";
import { refuseUnwritable, writeHistory } from "../report/html/writeReport.ts";
import { ExitCode } from "./exitCode.ts";
import { parseFloor } from "./gateOptions.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { refuseOverInputs } from "./outputFile.ts";
import { exitAfter, keepReport, reportJson } from "./reportFile.ts";

/** Where `gate --history` is usually told to append. */
const DEFAULT_HISTORY = "learnproof-history.jsonl";
const DEFAULT_PAGE = "learnproof-history.html";

/** `history [FILE]`: draws the gate's measurements over the commits, and names those from which a level changed. */
export async function historyCommand(file: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const floor = parseFloor(raw.floor) ?? FLOOR;
  const source = file === undefined ? DEFAULT_HISTORY : String(file);
  const out = resolve(parseText("--out", raw.out) ?? DEFAULT_PAGE);
  await refuseUnwritable(out, "--out");
  await refuseOverInputs("--out", out, [source]);
  const points = pointsOf(readHistory(source));
  const trends = trendsOf(points);
  const changePoints = trends.flatMap((trend) => changePointsOf(trend, floor));
  const written = await keepReport("--out", out, () => writeHistory(out, { trends, changePoints }));
  if (json) printJson({ points, changePoints, ...reportJson(written) });
  else print(describe(points.length, changePoints, written.path));
  return exitAfter(written, ExitCode.holds);
}

function describe(points: number, changePoints: readonly ChangePoint[], page: string | null): string {
  const table = printTable({
    head: ["", "first commit", "subject", "metric", "before", "after", "times as bad"],
    aligns: ["left", "left", "left", "left", "right", "right", "right"],
    rows: changePoints.map(({ worse, commit, subject, metric, before, after, ratio }) => [
      worse ? "worse" : "changed",
      commit.slice(0, 12),
      plain(subject),
      plain(metric),
      ...[before, after, ratio].map(printNumber),
    ]),
  });
  return [
    `${points} measurements, ${changePoints.length} change points.`,
    ...(changePoints.length > 0 ? [table] : []),
    ...(page === null ? [] : [`Page: ${page}`]),
  ].join("\n");
}
