import { average } from "../../../foundation/numbers/statistics.ts";
import { fairThresholds } from "../../../judging/outcome/fairThresholds.ts";
import { judge } from "../../../judging/outcome/verdict.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { errorOf } from "../../../learning/training/lateErrors.ts";
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
  const run = await train(subject, { ...watch, probes: false, late: true });
  const finalLoss = finite(errorOf(run.train));
  const heldOutError = run.heldOut && finite(errorOf(run.heldOut));
  return {
    seed: config.seed,
    verdict: judge(run, fairThresholds(subject, config.thresholds)),
    finalLoss,
    lateLoss: lateMean(finalLoss, run.late?.train),
    varianceRatio: finite(run.train.varianceRatio),
    ...(run.heldOut && { heldOutError, lateHeldOutError: lateMean(heldOutError, run.late?.heldOut) }),
    ladder: climbed,
    digest: bitExact ? run.digest : null,
    curve: thinCurve(run.trace.losses),
  };
}

async function climb(config: Config, subject: Subject, watch: Watch) {
  const climbed = await climbLadder(subject, watch);
  return { ...climbed, widthNeeded: await widthNeeded(config, climbed, watch) };
}

/** An error of exactly 0 has no logarithm; no comparison tells smaller ones apart. */
const LEAST_ERROR = 1e-12;

/**
 * Returns the geometric mean of the errors near the end; the final error alone where the run ended before them, and null
 * where it is not finite.
 */
function lateMean(final: number | null, late: readonly number[] = []): number | null {
  if (final === null) return null;
  const errors = late.length > 0 ? late : [final];
  return finite(Math.exp(average(errors.map((error) => Math.log(Math.max(error, LEAST_ERROR))))));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
