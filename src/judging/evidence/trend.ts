import { largestOf, leastOf } from "../../foundation/numbers/extremes.ts";
import type { Trace } from "../../learning/training/trace.ts";

/** The course of a run's loss. */
export interface Trend {
  /** Mean of the first losses. */
  readonly start: number;
  /** Mean of the last twentieth of the losses (at least 5). */
  readonly end: number;
  /** The largest mean loss of any stretch of the run, divided by `start`. */
  readonly highest: number;
  /**
   * The share by which the loss fell from the last eighth but one to the last eighth of the run; negative if it rose.
   */
  readonly falling: number;
  /** Standard error of `falling`, estimated from the spread of the losses around their means. */
  readonly fallingError: number;
  /**
   * The fall over the last eighth divided by an eighth of the whole fall: 1 at an even pace, 0 if it stopped falling.
   */
  readonly pace: number;
  /**
   * The share by which the mean loss of an epoch fell in an eighth of the run, if every epoch at its end was better than the
   * one before; 0 if one was not. Each epoch holds every example once, so that their means hardly scatter where small
   * batches do.
   */
  readonly fallingByEpoch: number;
  /** The largest loss on the probed examples in the second half, over the smallest; 1 with fewer than 3 such probes. */
  readonly swing: number;
}

/**
 * Summarises the losses of a trace that has at least one finite loss.
 *
 * @param stepsPerEpoch steps in which each example is trained on once. @defaultValue epochs are not looked at
 */
export function readTrend({ losses, probes }: Trace, stepsPerEpoch = Number.POSITIVE_INFINITY): Trend {
  const finite = losses.filter(Number.isFinite);
  const stretch = Math.max(5, Math.floor(finite.length / 20));
  const start = mean(finite.slice(0, Math.min(stretch, 5)));
  const means: number[] = [];
  for (let first = 0; first < finite.length; first += stretch)
    means.push(mean(finite.slice(first, first + stretch)));
  const eighth = Math.max(1, Math.floor(finite.length / 8));
  const [before, after] = [finite.slice(-2 * eighth, -eighth), finite.slice(-eighth)];
  const late = probes.filter(
    ({ step, lossOverVariance }) => step >= finite.length / 2 && lossOverVariance !== null,
  );
  const values = late.map(({ lossOverVariance }) => lossOverVariance as number);
  const end = mean(finite.slice(-stretch));
  return {
    start,
    end,
    highest: largestOf(means) / start,
    falling: 1 - mean(after) / mean(before),
    fallingError: Math.hypot(standardError(after), standardError(before)) / mean(before),
    pace: end < start ? (8 * (mean(before) - mean(after))) / (start - end) : 0,
    fallingByEpoch: fallByEpoch(finite, stepsPerEpoch),
    swing: values.length < 3 ? 1 : largestOf(values) / leastOf(values),
  };
}

/** So many epochs in a row are hardly ever by chance each better than the one before, and at least an eighth of the run. */
const FEWEST_FALLS = 4;

function fallByEpoch(losses: readonly number[], steps: number): number {
  const epochs = Math.floor(losses.length / steps);
  const falls = Math.max(FEWEST_FALLS, Math.ceil(epochs / 8));
  if (steps < 2 || epochs <= falls) return 0;
  const means = Array.from({ length: falls + 1 }, (_, place) => {
    const first = (epochs - falls - 1 + place) * steps;
    return mean(losses.slice(first, first + steps));
  });
  const isFalling = means.every((value, place) => place === 0 || value < (means[place - 1] as number));
  return isFalling ? ((1 - (means[falls] as number) / (means[0] as number)) * epochs) / 8 / falls : 0;
}

/** The loss counts as falling if the last eighth of a run reduced it by at least this share. */
const FALLING = 0.02;
/** In a slow run, a smaller share counts if the loss still falls nearly as fast as on average over the run. */
const SLOWLY_FALLING = 0.003;
const STEADY = 0.6;

/** Whether the loss was still falling when the run ended, beyond what chance explains. */
export function stillFalls({ falling, fallingError, pace, fallingByEpoch }: Trend): boolean {
  if (fallingByEpoch > FALLING) return true;
  return falling > Math.max(pace > STEADY ? SLOWLY_FALLING : FALLING, 3 * fallingError);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0)) / values.length;
}
