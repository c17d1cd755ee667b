import { resolve } from "node:path";
import { type FinishedCheck, runCheck, summariseCheck } from "../judging/check/check.ts";
import type { Ladder } from "../judging/ladder/climbLadder.ts";
import { needsDiagnosis } from "../judging/law/checkLaws.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { refuseUnwritable, writeReport } from "../report/html/writeReport.ts";
import { describeCheck } from "../report/terminal/describeCheck.ts";
import { describeDiagnosis } from "../report/terminal/describeDiagnosis.ts";
import { climbVisibly } from "./climbVisibly.ts";
import { startClock } from "./clock.ts";
import { ExitCode } from "./exitCode.ts";
import { eachRun } from "./followProgress.ts";
import { loadConfig, parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { createProgress } from "./progress.ts";

const DEFAULT_REPORT = "learnproof-report.html";

/** `check [CONFIG]`: every law on a subject, a verdict and a report. */
export async function checkCommand(path: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const report = resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT);
  const config = await loadConfig(path, options);
  await refuseUnwritable(report);
  const engine = await startEngine({ name: options.engine, environment: process.env });
  if (!options.json) remark(`engine ${engine.reason}`);

  const progress = createProgress();
  const finished = await runCheck(config, { engine: engine.name, onProgress: eachRun(progress) }).finally(
    progress.end,
  );
  const ladder = raw.ladder === true ? await climbVisibly(config) : undefined;

  // The measurements come first: a full disk must not cost a person the minutes they took.
  const written = await writeReport(report, { ...finished, config, ladder }).catch((error: Error) => error);
  const shown = written instanceof Error ? null : report;
  if (options.json) printJson(checkJson(finished, { ladder, seconds: seconds(), report: shown }));
  else print(describe(finished, shown));
  if (written instanceof Error) {
    remark(`learnproof: --report: could not be written, the results above stand (${written.message})`);
    return ExitCode.badInput;
  }
  return needsDiagnosis(finished.examination) ? ExitCode.fails : ExitCode.holds;
}

interface Beside {
  readonly ladder: Ladder | undefined;
  readonly seconds: number;
  readonly report: string | null;
}

/** The whole result, the lists of losses and the config left out, since the report has them. */
function checkJson(finished: FinishedCheck, { ladder, seconds, report }: Beside): object {
  const { run, subject, engine, cure, ...result } = summariseCheck(finished);
  const { losses: _losses, ...numbers } = run;
  const { config: _config, ...examples } = subject;
  return {
    ...result,
    cure: cure && { change: cure.change, verdict: cure.verdict, cause: cure.cause },
    engine: engine.name,
    device: engine.device,
    run: numbers,
    subject: examples,
    ...(ladder && {
      ladder: { rungs: ladder.rungs, verdict: ladder.verdict, generalises: ladder.generalises },
    }),
    digest: run.digest,
    seconds,
    report,
  };
}

function describe({ examination, cures }: FinishedCheck, report: string | null): string {
  return [describeCheck(examination, report), describeDiagnosis(examination.findings, cures)]
    .filter(Boolean)
    .join("\n");
}
