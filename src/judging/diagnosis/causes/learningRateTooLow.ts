import { percent } from "../../../foundation/print/printNumber.ts";
import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import { hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Probe } from "../../../learning/training/trace.ts";
import { type FadingRate, findFadingRate } from "../../evidence/fadingRate.ts";
import { describeTurnedPlateau } from "../../evidence/turnedStop.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { hasUsualRate, raiseToUsualRate, scaleLearningRate, scaleRateAndSteps, useAdam } from "../change.ts";
import type { RankName } from "../ranking.ts";
import {
  gradientRatio,
  hasDiverged,
  isNearStart,
  isSaturated,
  isUnderWay,
  leastMove,
  VANISHED,
} from "../signs.ts";
import { median, updateRatios } from "../updateRatios.ts";

export const learningRateTooLow: Cause<"learning-rate-too-low"> = {
  name: "learning-rate-too-low",
  claim: "steps are so small that the weights hardly leave their start",
  // A rate that falls where the run improves is a fault even of one that has learnt enough.
  silent: true,
  examine({ run, verdict, fails, trend, survey, subject, cutShort }) {
    const turned = cutShort ? null : describeTurnedPlateau(subject, run);
    if (turned !== null) return { rank: "the rate falls where the run improves", evidence: turned };
    if (fails !== "training" || hasDiverged({ run, verdict, trend }) || run.trace.outsideLogarithm)
      return null;
    const fading = findFadingRate(subject, run);
    if (fading) return describeFading(fading, run.steps);
    // Of a short run at the rate that nearly everybody begins with, the steps are too few, and not too small.
    if (run.steps < SHORT && hasUsualRate(subject)) return null;
    const fades = (gradientRatio(run.trace.probes) ?? 1) < VANISHED;
    const probes = run.trace.probes.filter(({ step }) => step <= 32);
    // If the gradient vanishes on its way back, only the last layer shows the effect of the learning rate itself.
    const early = median(updateRatios(fades ? probes.map(lastLayer) : probes));
    if (early > SMALL || isSaturated(survey) || !isUnderWay({ survey, trend })) return null;
    const movesTheLast = fades && !isNearStart(survey.layers.filter(({ trainable }) => trainable).at(-1));
    return {
      rank: rankOf({ movesTheLast, early, steps: run.steps }),
      evidence: `early steps changed the weights${fades ? " of the last layer" : ""} by ${percent(early)} (median), and ${run.steps} of them moved a layer by only ${percent(leastMove(survey))} of its length`,
    };
  },
  cures: (config) => [
    keepRate(config),
    raiseToUsualRate(config) ?? scaleLearningRate(config, 10),
    useAdam(config),
    scaleLearningRate(config, 100),
    scaleRateAndSteps(config, 10, 4),
    scaleLearningRate(config, 1000),
  ],
};

function describeFading({ by, mean, gone, cutsLearning }: FadingRate, steps: number): Suspicion {
  const what =
    by === "schedule"
      ? "the schedule of the learning rate lowers it"
      : "the learning rate is lowered where the monitored number does not improve enough,";
  const then = gone < steps ? `, below a hundredth from step ${gone} of ${steps} on` : "";
  return {
    rank: cutsLearning ? "the rate fades" : "the rate fades where nothing is learnt",
    evidence: `${what} to ${percent(mean)} of its largest value on average over the run${then}${by === "plateau" && cutsLearning ? ", though the loss was still falling" : ""}`,
  };
}

/** Leaves the rate as the optimizer begins with it; null where nothing changes it. */
function keepRate(config: Config): Change | null {
  if (hasOwnOptimizer(config)) return null;
  const { schedule, onPlateau } = config.training.optimizer;
  return changeConfig(config, {
    ...(schedule && { "training.optimizer.schedule": undefined }),
    ...(onPlateau && { "training.optimizer.onPlateau": undefined }),
  });
}

/** Returns the probe of the last trained layer alone. */
function lastLayer(probe: Probe): Probe {
  return { ...probe, layers: probe.layers.filter(({ trainable }) => trainable).slice(-1) };
}

/** Bounds on the relative change of a layer's weights in one of the first steps; Adam at 0.001 makes 0.3 to 2 %. */
const SMALL = 4e-3;
const VERY_SMALL = 3e-4;
const LONG = 1000;
const SHORT = 300;

function rankOf(seen: { movesTheLast: boolean; early: number; steps: number }): RankName {
  if (seen.movesTheLast) return "steps are small, and the gradient fades";
  if (seen.early < VERY_SMALL) return "steps are tiny";
  return seen.steps >= LONG ? "steps are small in a long run" : "steps are small";
}
