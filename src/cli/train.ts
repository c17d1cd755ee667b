import type { Config } from "../config/schema.ts";
import { type Engine, startEngine } from "../engine/startEngine.ts";
import { judge, type Verdict } from "../law/verdict.ts";
import { describeRun } from "../report/describeRun.ts";
import { createSubject } from "../subject/createSubject.ts";
import { average, columnVariances } from "../training/statistics.ts";
import { type TrainingRun, train } from "../training/train.ts";
import { startClock } from "./clock.ts";
import { ExitCode } from "./exitCode.ts";
import { loadConfig, parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { createProgress } from "./progress.ts";

/** `train CONFIG`: that one run, exactly the steps asked for, and its verdict. */
export async function trainCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const seconds = startClock();
  const options = parseCommonOptions(raw);
  const config = await loadConfig(path, options);
  const engine = await startEngine({ name: options.engine, environment: process.env });
  if (!options.json) remark(`engine ${engine.reason}`);

  const run = await trainVisibly(config);
  const verdict = judge(run, config.thresholds);

  if (options.json) printJson(trainJson(run, verdict, config, engine, seconds()));
  else print(describeRun(run, verdict));
  return verdict === "learns" ? ExitCode.holds : ExitCode.fails;
}

async function trainVisibly(config: Config): Promise<TrainingRun> {
  const subject = createSubject(config);
  const { targets, outputs } = subject.train;
  const progress = createProgress(average(columnVariances(targets, outputs)));
  progress.begin("training", subject.steps);
  try {
    return await train(subject, { onStep: progress.step });
  } finally {
    progress.end();
  }
}

function trainJson(run: TrainingRun, verdict: Verdict, config: Config, engine: Engine, seconds: number) {
  const { train: evaluation, heldOut } = run;
  return {
    verdict,
    finalLoss: evaluation.loss,
    targetVariance: evaluation.targetVariance,
    varianceRatio: evaluation.varianceRatio,
    varianceRatios: evaluation.varianceRatios,
    lossOverVariance: evaluation.lossOverVariance,
    r2: evaluation.r2,
    heldOut: heldOut && { loss: heldOut.loss, varianceRatio: heldOut.varianceRatio, r2: heldOut.r2 },
    digest: run.digest,
    steps: run.steps,
    cause: null,
    engine: engine.name,
    seed: config.seed,
    seconds,
  };
}
