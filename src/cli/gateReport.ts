import { describeGate } from "../keeping/gate/describeGate.ts";
import { gateJson } from "../keeping/gate/gateJson.ts";
import type { GateResult } from "../keeping/gate/gateResult.ts";
import { onGitHub, publish } from "../keeping/gate/github/github.ts";
import type { Commit } from "../keeping/git/git.ts";
import { ExitCode } from "./exitCode.ts";
import { writeOutputs } from "./gateFiles.ts";
import type { GateOutputOptions } from "./gateOptions.ts";
import { remarkPoor } from "./gateRemarks.ts";
import { openPage } from "./openPage.ts";
import type { CommonOptions } from "./options.ts";
import { printJson, printOutcome, tellRunner } from "./output.ts";
import { exitAfter, reportJson } from "./reportFile.ts";

/** What a gate is told with. */
export interface GateTold {
  /** The commit of the history's line; null without a history. */
  readonly commit: Commit | null;
  /** The seconds that the command has run. */
  readonly seconds: () => number;
  readonly open: boolean;
  /** Whether GitHub is told, too. */
  readonly publishes: boolean;
}

/** Writes and prints what a gate found, whether one machine measured it or several. */
export async function reportGate(
  result: GateResult,
  options: GateOutputOptions & Pick<CommonOptions, "json" | "quiet">,
  { commit, seconds, open, publishes }: GateTold,
): Promise<ExitCode> {
  for (const subject of result.subjects) remarkPoor(subject, result.mode === "updated");
  const { report, others } = await writeOutputs(options, result, commit);
  if (options.json)
    printJson({ ...gateJson(result), engine: result.engine, seconds: seconds(), ...reportJson(report) });
  else printOutcome(describeGate(result), options.quiet);
  if (open && report.path !== null) await openPage(report.path);
  if (onGitHub() && publishes) await tellRunner(options.json, () => publish({ result, report: report.path }));
  const code = exitAfter(report, result.passed ? ExitCode.holds : ExitCode.fails);
  return others.reduce((before, file) => exitAfter(file, before), code);
}
