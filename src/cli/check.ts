import { resolve } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { type FinishedCheck, runCheck, summariseCheck } from "../judging/check/check.ts";
import { estimateCheck } from "../judging/check/estimate.ts";
import type { Ladder } from "../judging/ladder/climbLadder.ts";
import { needsDiagnosis } from "../judging/law/checkLaws.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { createSubject } from "../learning/subject/createSubject.ts";
import { refuseUnwritable, writeReport } from "../report/html/writeReport.ts";
import { describeCheck } from "../report/terminal/describeCheck.ts";
import { describeDiagnosis } from "../report/terminal/describeDiagnosis.ts";
import { climbVisibly } from "./climbVisibly.ts";
import { describeEstimate, describeLeftOut } from "./describeBudget.ts";
import { ExitCode } from "./exitCode.ts";
import { findSource } from "./findSource.ts";
import { eachRun } from "./followProgress.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { inputsOf, refuseOverInputs } from "./outputFile.ts";
import { createProgress } from "./progress.ts";
import { exitAfter, keepReport, type ReportFile, reportJson } from "./reportFile.ts";
import { parseSeconds } from "./seconds.ts";
import { loadWhat } from "./whatOptions.ts";

const DEFAULT_REPORT = "learnproof-report.html";

/** `check [CONFIG]`: every law on a subject, a verdict and a report. */
export async function checkCommand(path: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const report = resolve(parseText("--report", raw.report) ?? DEFAULT_REPORT);
  const named = await loadWhat(path, raw, options);
  const { config } = named;
  await refuseUnwritable(report);
  await refuseOverInputs("--report", report, inputsOf(config, path));
  const budget = parseSeconds("--budget", parseText("--budget", raw.budget));
  const source = await findSource(path);
  const engine = await startEngine({
    name: options.engine,
    threads: options.threads,
    environment: process.env,
  });
  if (!options.json) remark(`engine ${engine.reason}`);
  remark(describeEstimate(await estimateCheck(await createSubject(config)), budget));

  const progress = createProgress();
  const finished = await runCheck(named, {
    engine: engine.name,
    budget: budget && Math.max(MOMENT, budget - seconds()),
    onProgress: eachRun(progress),
  }).finally(progress.end);
  const ladder = raw.ladder === true ? await climbVisibly(config) : undefined;

  // The measurements come first: a full disk must not cost a person the minutes they took.
  const written = await keepReport("--report", report, () =>
    writeReport(report, { ...finished, config, ladder, source }),
  );
  if (options.json) printJson(checkJson(finished, { ladder, seconds: seconds(), written }));
  else print(describe(finished, written.path));
  return exitAfter(written, needsDiagnosis(finished.examination) ? ExitCode.fails : ExitCode.holds);
}

/** What is left of a budget that was spent before the check began; it must be above 0. */
const MOMENT = 1e-3;

interface Beside {
  readonly ladder: Ladder | undefined;
  readonly seconds: number;
  readonly written: ReportFile;
}

/** The whole result, the lists of losses and the config left out, since the report has them. */
function checkJson(finished: FinishedCheck, { ladder, seconds, written }: Beside): object {
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
    ...reportJson(written),
  };
}

function describe({ examination, subject, cures, cutShort }: FinishedCheck, report: string | null): string {
  return [
    describeCheck(examination, report),
    ...describeLeftOut(examination, subject.steps, cutShort),
    describeDiagnosis(examination.findings, cures),
  ]
    .filter(Boolean)
    .join("\n");
}
