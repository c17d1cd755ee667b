import { resolve } from "node:path";
import { average, columnVariances } from "../foundation/numbers/statistics.ts";
import { diagnose } from "../judging/diagnosis/diagnose.ts";
import { proveCure } from "../judging/diagnosis/proveCure.ts";
import { checkLaws, needsDiagnosis } from "../judging/law/checkLaws.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { createSubject } from "../learning/subject/createSubject.ts";
import { refuseUnwritable, writeReport } from "../report/html/writeReport.ts";
import { describeCheck } from "../report/terminal/describeCheck.ts";
import { describeDiagnosis } from "../report/terminal/describeDiagnosis.ts";
import { climbVisibly } from "./climbVisibly.ts";
import { startClock } from "./clock.ts";
import { ExitCode } from "./exitCode.ts";
import { findingsJson } from "./findingsJson.ts";
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

  const subject = createSubject(config);
  const progress = createProgress(average(columnVariances(subject.train.targets, subject.train.outputs)));
  const { thresholds } = config;
  const check = await checkLaws(subject, {
    thresholds,
    bitExact: engine.bitExact,
    onProgress: ({ law, step, steps, loss }) => {
      if (loss === null) return;
      if (step === 1) progress.begin(law.name, steps);
      progress.step(step, loss);
    },
  }).finally(progress.end);
  const fails = needsDiagnosis(check);
  const findings = fails ? await diagnose(subject, check.run, { thresholds }) : [];
  const cures = await proveCure(config, findings, {
    bitExact: engine.bitExact,
    onStep: (change, step, steps, loss) => {
      if (step === 1) progress.begin(change, steps);
      progress.step(step, loss);
    },
  }).finally(progress.end);

  const ladder = raw.ladder === true ? await climbVisibly(config) : undefined;

  // The measurements come first: a full disk must not cost a person the minutes they took.
  const written = await writeReport(report, {
    config,
    subject,
    engine,
    check,
    findings,
    cures,
    ladder,
  }).catch((error: Error) => error);
  if (options.json) {
    printJson({
      verdict: check.verdict,
      laws: check.laws.map(({ name, holds, measured, threshold }) => ({ name, holds, measured, threshold })),
      ...findingsJson(findings),
      cure: cures.cure && { change: cures.cure.change, verdict: cures.cure.verdict },
      engine: engine.name,
      ...(ladder && {
        ladder: { rungs: ladder.rungs, verdict: ladder.verdict, generalises: ladder.generalises },
      }),
      seed: config.seed,
      digest: check.run.digest,
      seconds: seconds(),
      report: written instanceof Error ? null : report,
    });
  } else {
    print(
      [describeCheck(check, written instanceof Error ? null : report), describeDiagnosis(findings, cures)]
        .filter(Boolean)
        .join("\n"),
    );
  }
  if (written instanceof Error) {
    remark(`learnproof: --report: could not be written, the results above stand (${written.message})`);
    return ExitCode.badInput;
  }
  return fails ? ExitCode.fails : ExitCode.holds;
}
