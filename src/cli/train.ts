import { startClock } from "../foundation/clock.ts";
import { summariseOutput } from "../judging/check/checkResult.ts";
import type { Outcome } from "../judging/trainAndDiagnose.ts";
import type { Config } from "../learning/config/schema.ts";
import type { Engine } from "../learning/engine/startEngine.ts";
import { describeDiagnosis } from "../report/terminal/describeDiagnosis.ts";
import { describeRun, describeVerdict } from "../report/terminal/describeRun.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { findingsJson } from "./findingsJson.ts";
import { eachRun } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { createProgress } from "./progress.ts";

/** `train CONFIG`: that one run, exactly the steps asked for, and its verdict. */
export async function trainCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const { loadWhat } = await import("./whatOptions.ts");
  const { config } = await loadWhat(path, raw, options);
  const engine = await beginEngine(options);

  const [{ createSubject }, { trainAndDiagnose }] = await Promise.all([
    import("../learning/subject/createSubject.ts"),
    import("../judging/trainAndDiagnose.ts"),
  ]);
  const progress = createProgress(options);
  const outcome = await trainAndDiagnose(await createSubject(config), {
    thresholds: config.thresholds,
    onProgress: eachRun(progress),
  }).finally(progress.end);

  const { run, verdict, findings } = outcome;
  if (options.json) printJson(trainJson(outcome, config, engine, seconds()));
  else if (options.quiet) print(describeVerdict(verdict));
  else
    print(
      (await import("../foundation/print/wrapText.ts")).wrapText(
        [describeRun(run, verdict), describeDiagnosis(findings)].filter(Boolean).join("\n"),
      ),
    );
  return verdict === "learns" ? ExitCode.holds : ExitCode.fails;
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
