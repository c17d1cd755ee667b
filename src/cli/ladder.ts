import { ALPHAS, sweepAlpha } from "../judging/ladder/sweepAlpha.ts";
import { startEngine } from "../learning/engine/startEngine.ts";
import { describeAlphas, describeLadder } from "../report/terminal/describeLadder.ts";
import { climbVisibly } from "./climbVisibly.ts";
import { ExitCode } from "./exitCode.ts";
import { findingsJson } from "./findingsJson.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { createTotalProgress } from "./progress.ts";
import { loadWhat } from "./whatOptions.ts";

/** `ladder [CONFIG]`: from one example to a split, growing capacity where it must; `--alpha` sweeps α instead. */
export async function ladderCommand(path: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  const { config } = await loadWhat(path, raw, options);
  const engine = await startEngine({
    name: options.engine,
    threads: options.threads,
    environment: process.env,
  });
  if (!options.json) remark(`engine ${engine.reason}`);
  if (raw.alpha === true) {
    const progress = createTotalProgress(ALPHAS.length * config.training.steps);
    const sweep = await sweepAlpha(config, { onProgress: allRuns(progress) }).finally(progress.end);
    if (options.json) printJson({ ...sweep, engine: engine.name, seed: config.seed });
    else print(describeAlphas(sweep));
    return sweep.best === null ? ExitCode.fails : ExitCode.holds;
  }

  const ladder = await climbVisibly(config);
  const { findings, ...rest } = ladder;
  if (options.json) printJson({ ...rest, ...findingsJson(findings), engine: engine.name, seed: config.seed });
  else print(describeLadder(ladder));
  return ladder.verdict === "learns" && ladder.generalises !== false ? ExitCode.holds : ExitCode.fails;
}
