import type { Config } from "../config/schema.ts";
import { farthestExample } from "../law/farthestExample.ts";
import { NEAR_ZERO, rungSteps } from "../law/overfitting.ts";
import { judge } from "../law/verdict.ts";
import { createSubject } from "../subject/createSubject.ts";
import { onExamples, type Subject } from "../subject/subject.ts";
import { average, columnMeans, columnVariances } from "../training/statistics.ts";
import { train } from "../training/train.ts";
import { thinCurve } from "./curve.ts";
import type { Measurement } from "./measurement.ts";

/** Steps between two looks at whether the one example is known. */
const ASK_EVERY = 2;

export interface MeasureOptions {
  readonly bitExact: boolean;
  /** Called after every training step. */
  readonly onStep?: (() => void) | undefined;
}

/** Trains a config from one seed, by itself and on one example, and keeps what the gate compares. */
export async function measure(config: Config, seed: number, options: MeasureOptions): Promise<Measurement> {
  const subject = createSubject({ ...config, seed });
  const stepsToOverfitOne = await countStepsToOverfitOne(subject, options);
  const run = await train(subject, { probes: false, onStep: options.onStep });
  const { train: final, heldOut } = run;
  return {
    seed,
    verdict: judge(run, config.thresholds),
    stepsToOverfitOne,
    finalLoss: finite(final.lossOverVariance ?? final.meanSquaredError),
    varianceRatio: finite(final.varianceRatio),
    heldOutR2: heldOut && finite(heldOut.r2),
    digest: options.bitExact ? run.digest : null,
    curve: thinCurve(run.trace.losses),
  };
}

/** Asked of the example farthest from the mean, near which an untrained network predicts anyway. */
async function countStepsToOverfitOne(subject: Subject, { onStep }: MeasureOptions): Promise<number | null> {
  const { targets, outputs } = subject.train;
  const variance = average(columnVariances(targets, outputs)) || 1;
  const example = farthestExample(subject.train, columnMeans(targets, outputs)) ?? 0;
  const until = {
    every: ASK_EVERY,
    reached: ({ meanSquaredError }: { meanSquaredError: number }) => meanSquaredError / variance <= NEAR_ZERO,
  };
  const alone = onExamples(subject, [example], rungSteps(subject));
  const run = await train(alone, { probes: false, until, onStep });
  return until.reached(run.train) ? run.steps : null;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
