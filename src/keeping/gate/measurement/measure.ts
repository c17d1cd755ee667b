import { judge } from "../../../judging/outcome/verdict.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import { train } from "../../../learning/training/train.ts";
import { climbLadder, widthNeeded } from "./ladder.ts";
import type { Measurement } from "./measurement.ts";
import { thinCurve } from "./thinCurve.ts";

export interface MeasureOptions extends Watch {
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** Whether to climb the ladder too, which takes several times as long as the run. */
  readonly ladder: boolean;
}

/**
 * Trains a subject, by itself and on the ladder, and returns the numbers that the gate compares.
 *
 * @param config the config that `subject` was made from, with its seed.
 */
export async function measure(
  config: Config,
  subject: Subject,
  { bitExact, ladder, ...watch }: MeasureOptions,
): Promise<Measurement> {
  const climbed = ladder ? await climb(config, subject, watch) : null;
  const run = await train(subject, { ...watch, probes: false });
  return {
    seed: config.seed,
    verdict: judge(run, config.thresholds),
    finalLoss: errorOf(run.train),
    varianceRatio: finite(run.train.varianceRatio),
    ...(run.heldOut && { heldOutError: errorOf(run.heldOut) }),
    ladder: climbed,
    digest: bitExact ? run.digest : null,
    curve: thinCurve(run.trace.losses),
  };
}

async function climb(config: Config, subject: Subject, watch: Watch) {
  const climbed = await climbLadder(subject, watch);
  return { ...climbed, widthNeeded: await widthNeeded(config, climbed, watch) };
}

/** Where the targets are constant, the error itself, since Var(Y) is 0. */
function errorOf({ lossOverVariance, meanSquaredError }: Evaluation): number | null {
  return finite(lossOverVariance ?? meanSquaredError);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
