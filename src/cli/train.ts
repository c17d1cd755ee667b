import { basename, resolve } from "node:path";
import { startClock } from "../foundation/clock.ts";
import { summariseOutput } from "../judging/check/evaluationSummary.ts";
import type { Outcome } from "../judging/trainAndDiagnose.ts";
import type { Config } from "../learning/config/schema.ts";
import type { Engine } from "../learning/engine/startEngine.ts";
import { describeDiagnosis } from "../report/terminal/describeDiagnosis.ts";
import { describeRun, describeVerdict } from "../report/terminal/describeRun.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { findingsJson } from "./findingsJson.ts";
import { eachRun } from "./followProgress.ts";
import { openPage } from "./openPage.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { createProgress } from "./progress.ts";
import { exitAfter, keepReport, reportJson } from "./reportFile.ts";

const DEFAULT_REPORT = "learnproof-report.html";

/** `train CONFIG`: that one run, exactly the steps asked for, and its verdict. */
export async function trainCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const { loadWhat } = await import("./whatOptions.ts");
  const { config } = await loadWhat(path, raw, options);
  const { inputsOf } = await import("./outputFile.ts");
  const page = await preparePage(raw, inputsOf(config, path));
  const engine = await beginEngine(options);

  const [{ createSubject }, { trainAndDiagnose }] = await Promise.all([
    import("../learning/subject/createSubject.ts"),
    import("../judging/trainAndDiagnose.ts"),
  ]);
  const progress = createProgress(options);
  const subject = await createSubject(config);
  const outcome = await trainAndDiagnose(subject, {
    thresholds: config.thresholds,
    ...untilDeadline(options.deadline, eachRun(progress)),
  }).finally(progress.end);

  const { run, verdict, findings } = outcome;
  const written =
    page === null
      ? null
      : await keepReport("--report", page, async () => {
          const { writeComparison } = await import("../report/html/writeReport.ts");
          await writeComparison(page, [{ name: basename(path), config, subject, ...outcome }]);
        });
  if (options.json)
    printJson({ ...trainJson(outcome, config, engine, seconds()), ...(written && reportJson(written)) });
  else if (options.quiet) print(describeVerdict(verdict, run));
  else
    print(
      (await import("../foundation/print/wrapText.ts")).wrapText(
        [describeRun(run, verdict), describeDiagnosis(findings)].filter(Boolean).join("\n"),
      ),
    );
  if (written?.path && !options.json && !options.quiet) print(`Report: ${written.path}`);
  if (raw.open === true && written?.path) await openPage(written.path);
  const code = verdict === "learns" ? ExitCode.holds : ExitCode.fails;
  return written === null ? code : exitAfter(written, code);
}

/**
 * Finds where a page of the run is to be written, which only those get who ask for it.
 *
 * @throws {InputError} where nothing could be written there, or where it would replace what the run reads.
 */
async function preparePage(raw: RawOptions, inputs: readonly string[]): Promise<string | null> {
  const named = parseText("--report", raw.report);
  if (named === undefined && raw.open !== true) return null;
  const page = resolve(named ?? DEFAULT_REPORT);
  const { refuseUnwritable } = await import("../report/html/writeReport.ts");
  await refuseUnwritable(page);
  const { refuseOverInputs } = await import("./outputFile.ts");
  await refuseOverInputs("--report", page, inputs);
  return page;
}

function trainJson({ run, verdict, findings }: Outcome, config: Config, engine: Engine, seconds: number) {
  const { train: evaluation, heldOut } = run;
  return {
    verdict,
    finalLoss: evaluation.loss,
    targetVariance: evaluation.targetVariance,
    varianceRatio: evaluation.varianceRatio,
    varianceRatios: evaluation.varianceRatios,
    errorOverVariances: evaluation.errorOverVariances,
    outputs: evaluation.outputs.map(summariseOutput),
    nmse: evaluation.lossOverVariance,
    lossOverVariance: evaluation.lossOverVariance,
    r2: evaluation.r2,
    heldOut: heldOut && { loss: heldOut.loss, varianceRatio: heldOut.varianceRatio, r2: heldOut.r2 },
    digest: run.digest,
    steps: run.steps,
    ...findingsJson(findings),
    engine: engine.name,
    seed: config.seed,
    seconds,
  };
}
