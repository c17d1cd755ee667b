// These signs are shared by several causes, which look for them or must rule them out.

import { leastOf } from "../../foundation/numbers/extremes.ts";
import type { Survey } from "../../learning/training/survey.ts";
import type { LayerSurvey } from "../../learning/training/surveyLayer.ts";
import type { Probe } from "../../learning/training/trace.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { stillFalls, type Trend } from "../evidence/trend.ts";
import { RISEN } from "../outcome/isStillFarOff.ts";
import type { Case } from "./cause.ts";
import { hiddenLayers } from "./places.ts";
import { median, updateRatios } from "./updateRatios.ts";

/** Whether some layer gets no gradient at the end, so that neither more nor larger steps would change it. */
export function hasNoGradient({ layers }: Survey): boolean {
  return layers.some(
    ({ gradientNorm, trainable, start }) => trainable && start !== null && gradientNorm === 0,
  );
}

/** Returns the least distance of any trained layer from its initial weights, relative to their length. */
export function leastMove({ layers }: Survey): number {
  const moves = layers
    .filter(({ start, trainable }) => start !== null && trainable)
    .map(({ moved }) => moved);
  return moves.length === 0 ? 0 : leastOf(moves);
}

/** A layer counts as near its start up to this distance from its initial weights, relative to their length. */
const NEAR_START = 0.3;

/** Whether a layer has hardly left its initial weights. */
export function isNearStart(layer: LayerSurvey | undefined): boolean {
  return (layer?.moved ?? 0) < NEAR_START;
}

/** Whether training is unfinished: the loss still falls, or the weights are still near their start. */
export function isUnderWay({ survey, trend }: { survey: Survey; trend: Trend }): boolean {
  return !hasNoGradient(survey) && (stillFalls(trend) || leastMove(survey) < NEAR_START);
}

/** Whether training moved the predictions away from the targets; an untrained network can also be far from them. */
export function hasDiverged({ run, verdict, trend }: Pick<Case, "run" | "verdict" | "trend">): boolean {
  return verdict === "diverged" && (!run.finite || trend.highest > RISEN);
}

/** Whether every unit of some layer is dead. */
export function hasDeadLayer(probe: Probe | undefined): boolean {
  return probe?.layers.some(({ deadFraction }) => deadFraction === 1) ?? false;
}

/** Below this ratio of first to last layer's gradient, no learning rate suits both layers. */
export const VANISHED = 1e-3;

/** Returns the first trained layer's gradient over the last one's (median of the probes); null if most probes have none. */
export function gradientRatio(probes: readonly Probe[]): number | null {
  const ratios = probes.flatMap(({ layers }) => {
    const trained = layers.filter(({ trainable }) => trainable);
    const first = trained[0]?.gradientNorm ?? 0;
    const last = trained.at(-1)?.gradientNorm ?? 0;
    return last > 0 && first > 0 ? [first / last] : [];
  });
  return ratios.length === 0 || ratios.length * 2 < probes.length ? null : median(ratios);
}

const MOST_UNITS = 0.6;

/** Whether most units of some hidden layer are saturated. */
export function isSaturated(survey: Survey): boolean {
  return hiddenLayers(survey).some(({ saturated }) => (saturated ?? 0) >= MOST_UNITS);
}

/** Above this norm the gradient counts as huge before the first step. */
const HUGE = 100;

/** Returns the norm of the gradient of all weights at a probe. */
export function gradientNorm({ layers }: Probe): number {
  return Math.hypot(...layers.map(({ gradientNorm: norm }) => norm));
}

/** The steps of a run that blows up change some layer by at least this part of its weights. */
const LARGE = 0.25;
/** A run that lasts shorter says nothing of its steps. */
const FEWEST_STEPS = 3;

/**
 * Whether a run lost its gradient and not its way: the gradient is not finite where the loss is, before any step, or after
 * small steps that did not raise the loss. No rate makes up for that.
 */
export function losesItsGradient({ finite, trace: { losses, probes } }: TrainingRun): boolean {
  const [first, ...later] = losses.filter(Number.isFinite);
  if (finite || first === undefined || !Number.isFinite(losses[0])) return false;
  if (probes[0] !== undefined && !Number.isFinite(gradientNorm(probes[0]))) return true;
  const steps = updateRatios(probes).filter(Number.isFinite);
  const areSmall = steps.length > 0 && steps.every((ratio) => ratio < LARGE);
  return areSmall && later.length >= FEWEST_STEPS && later.every((loss) => loss <= RISEN * first);
}

/** Whether the gradient was huge before the first step. */
export function startsSteep(probes: readonly Probe[]): boolean {
  return probes[0] !== undefined && gradientNorm(probes[0]) > HUGE;
}
