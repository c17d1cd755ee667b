import { judge } from "../../../judging/outcome/verdict.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import { train } from "../../../learning/training/train.ts";
import { climbLadder, widthNeeded } from "./ladder.ts";
import type { Measurement } from "./measurement.ts";
import { thinCurve } from "./thinCurve.ts";

export interface MeasureOptions extends Watch {
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
}

/**
 * Trains a subject, by itself and on the ladder, and returns the numbers that the gate compares.
 *
 * @param config the config that `subject` was made from, with its seed.
 */
export async function measure(
  config: Config,
  subject: Subject,
  { bitExact, ...watch }: MeasureOptions,
): Promise<Measurement> {
  const climb = await climbLadder(subject, watch);
  const run = await train(subject, { ...watch, probes: false });
  const { train: final, heldOut } = run;
  return {
    seed: config.seed,
    verdict: judge(run, config.thresholds),
    ...climb,
    widthNeeded: await widthNeeded(config, climb, watch),
    finalLoss: finite(final.lossOverVariance ?? final.meanSquaredError),
    varianceRatio: finite(final.varianceRatio),
    heldOutR2: heldOut && finite(heldOut.r2),
    digest: bitExact ? run.digest : null,
    curve: thinCurve(run.trace.losses),
  };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
