// The files that a run of the gate writes beside its baselines, for people and for other programs.

import { resolve } from "node:path";
import { type FileRule, readWhole } from "../foundation/files/readWhole.ts";
import { writeWhole } from "../foundation/files/writeWhole.ts";
import { badgeJson } from "../keeping/gate/badge.ts";
import { junitOf } from "../keeping/gate/formats/junit.ts";
import { sarifOf } from "../keeping/gate/formats/sarif.ts";
import type { GateResult } from "../keeping/gate/gateResult.ts";
import { summarise } from "../keeping/gate/github/summary.ts";
import type { Commit } from "../keeping/git/git.ts";
import { appendHistory } from "../keeping/history/historyFile.ts";
import { lineOf } from "../keeping/history/historyLine.ts";
import type { GateOutputOptions } from "./gateOptions.ts";
import { keepReport, type ReportFile } from "./reportFile.ts";
import type { ShardOptions } from "./shardOptions.ts";

/** The outputs of a gate; one that puts parts together has no blob. */
type OutputOptions = Omit<GateOutputOptions, "folder"> & Partial<Pick<ShardOptions, "blob">>;

/** Lists the files to be written, each with the option that names it; the summary comes first. */
export function outputsOf({
  report,
  badge,
  sarif,
  junit,
  blob,
}: OutputOptions): readonly (readonly [option: string, path: string])[] {
  const others = { "--badge": badge, "--sarif": sarif, "--junit": junit, "--blob": blob };
  const asked = Object.entries(others).flatMap(([option, path]): [string, string][] =>
    path === undefined ? [] : [[option, resolve(path)]],
  );
  return [["--report", report], ...asked];
}

/** What was written: the summary, and everything else. */
export interface WrittenFiles {
  readonly report: ReportFile;
  readonly others: readonly ReportFile[];
}

/** Writes all that was asked for. What cannot be written costs none of the others. */
export async function writeOutputs(
  options: OutputOptions,
  result: GateResult,
  commit: Commit | null,
): Promise<WrittenFiles> {
  const texts: Readonly<Record<string, () => string>> = {
    "--report": () => summarise(result),
    "--badge": () => badgeJson(result),
    "--sarif": () => sarifOf(result, readText),
    "--junit": () => junitOf(result),
  };
  const files: ReportFile[] = [];
  for (const [option, path] of outputsOf(options)) {
    const text = texts[option];
    if (text) files.push(await keepReport(option, path, () => writeWhole(path, text())));
  }
  const appended = await appendLine(options.history, commit, result);
  const [report, ...others] = files as [ReportFile, ...ReportFile[]];
  return { report, others: appended === null ? others : [...others, appended] };
}

/** A page of text; a larger file is no config. */
const CONFIG: FileRule = { what: "a config", mostBytes: 1024 ** 2 };

function readText(file: string): string | null {
  try {
    return readWhole(file, CONFIG).bytes.toString("utf8");
  } catch {
    return null;
  }
}

/** Appends what was measured to the history, if that was asked for and there is something to tell. */
async function appendLine(
  path: string | undefined,
  commit: Commit | null,
  result: GateResult,
): Promise<ReportFile | null> {
  if (path === undefined || commit === null || result.mode === "refused") return null;
  return keepReport("--history", path, () => appendHistory(path, lineOf(result, commit)));
}
