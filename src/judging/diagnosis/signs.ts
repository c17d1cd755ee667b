// What several causes look for, or must rule out.

import type { LayerSurvey, Survey } from "../../learning/training/survey.ts";
import type { Probe } from "../../learning/training/trace.ts";
import type { Trend } from "../evidence/trend.ts";
import type { Case } from "./cause.ts";
import { median } from "./updateRatios.ts";

/** Part of the loss that must have gone in the last eighth of a run for it to count as falling. */
const FALLING = 0.02;
/** A long way is gone in small parts: less counts where the loss falls nearly as fast as on average over the run. */
const SLOWLY_FALLING = 0.003;
const STEADY = 0.6;

/** Whether the loss was still falling when the run ended, beyond what chance explains. */
export function stillFalls({ falling, fallingError, pace }: Trend): boolean {
  return falling > Math.max(pace > STEADY ? SLOWLY_FALLING : FALLING, 3 * fallingError);
}

/** Whether a layer gets no gradient at all at the end, so that more or larger steps change nothing. */
export function hasNoGradient({ layers }: Survey): boolean {
  return layers.some(
    ({ gradientNorm, trainable, start }) => trainable && start !== null && gradientNorm === 0,
  );
}

/** Distance from its initial weights, over their length, of the layer that moved the least of those that are trained. */
export function leastMove({ layers }: Survey): number {
  const moves = layers
    .filter(({ start, trainable }) => start !== null && trainable)
    .map(({ moved }) => moved);
  return moves.length === 0 ? 0 : Math.min(...moves);
}

/** Distance over length up to which a layer counts as still near its start. */
const NEAR_START = 0.3;

/** Whether a layer has hardly left its initial weights. */
export function isNearStart(layer: LayerSurvey | undefined): boolean {
  return (layer?.moved ?? 0) < NEAR_START;
}

/** Whether training has not arrived anywhere: the loss still falls, or the weights are still near their start. */
export function isUnderWay({ survey, trend }: { survey: Survey; trend: Trend }): boolean {
  return !hasNoGradient(survey) && (stillFalls(trend) || leastMove(survey) < NEAR_START);
}

/** Where the loss never rose this far above its start, a large one is where training began, not where it went. */
const RISEN = 1.5;

/** Whether training went away from its targets; an untrained network can be as far from them. */
export function hasDiverged({ run, verdict, trend }: Pick<Case, "run" | "verdict" | "trend">): boolean {
  return verdict === "diverged" && (!run.finite || trend.highest > RISEN);
}

/** Whether every unit of some layer is dead. */
export function hasDeadLayer(probe: Probe | undefined): boolean {
  return probe?.layers.some(({ deadFraction }) => deadFraction === 1) ?? false;
}

/** Ratio of gradients below which no learning rate makes up for the layers between. */
export const VANISHED = 1e-3;

/** The first layer's gradient over the last one's (median of the probes); null where most have none. */
export function gradientRatio(probes: readonly Probe[]): number | null {
  const ratios = probes.flatMap(({ layers }) => {
    const first = layers[0]?.gradientNorm ?? 0;
    const last = layers.at(-1)?.gradientNorm ?? 0;
    return last > 0 && first > 0 ? [first / last] : [];
  });
  return ratios.length === 0 || ratios.length * 2 < probes.length ? null : median(ratios);
}

const MOST_UNITS = 0.6;

/** Whether most units of some hidden layer sit at their bounds. */
export function isSaturated({ layers }: Survey): boolean {
  return layers.slice(0, -1).some(({ saturated }) => (saturated ?? 0) >= MOST_UNITS);
}
