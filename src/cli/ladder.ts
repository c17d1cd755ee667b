import { describeAlphas, describeLadder } from "../report/terminal/describeLadder.ts";
import { describeVerdict } from "../report/terminal/describeRun.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { findingsJson } from "./findingsJson.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, type RawOptions } from "./options.ts";
import { print, printJson, printOutcome } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

/** Rungs, and the split, that a healthy config climbs. */
const FORESEEN = 9;

/** `ladder [CONFIG]`: from one example to a split, growing capacity where it must; `--alpha` sweeps α instead. */
export async function ladderCommand(path: string | undefined, raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "learnproof check --ladder --open");
  const { loadWhat } = await import("./whatOptions.ts");
  const { config } = await loadWhat(path, raw, options);
  const engine = await beginEngine(options);
  if (raw.alpha === true) {
    const { ALPHAS, sweepAlpha } = await import("../judging/ladder/sweepAlpha.ts");
    const progress = createTotalProgress(ALPHAS.length * config.training.steps, options);
    const { readWorkers } = await import("../learning/workers/workerCount.ts");
    const workers = readWorkers(raw.workers, engine.name);
    // Whoever asks for workers gets them at once.
    const at = raw.workers === undefined ? {} : { worthFrom: 0 };
    const watch = untilDeadline(options.deadline, allRuns(progress));
    const sweep = await sweepAlpha(config, { engine: engine.name, workers, ...at, ...watch }).finally(
      progress.end,
    );
    if (options.json) printJson({ ...sweep, engine: engine.name, seed: config.seed });
    else printOutcome(describeAlphas(sweep), options.quiet, "last");
    return sweep.best === null ? ExitCode.fails : ExitCode.holds;
  }

  const { climbLadder } = await import("../judging/ladder/climbLadder.ts");
  const progress = createTotalProgress(FORESEEN * config.training.steps, options);
  const ladder = await climbLadder(config, untilDeadline(options.deadline, allRuns(progress))).finally(
    progress.end,
  );
  const { findings, ...rest } = ladder;
  if (options.json) printJson({ ...rest, ...findingsJson(findings), engine: engine.name, seed: config.seed });
  else print(options.quiet ? describeVerdict(ladder.verdict) : describeLadder(ladder));
  return ladder.verdict === "learns" && ladder.generalises !== false ? ExitCode.holds : ExitCode.fails;
}
