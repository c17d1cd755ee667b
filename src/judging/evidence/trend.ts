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
  /** The largest loss on the probed examples in the second half, over the smallest; 1 with fewer than 3 such probes. */
  readonly swing: number;
}

/** Summarises the losses of a trace that has at least one finite loss. */
export function readTrend({ losses, probes }: Trace): Trend {
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
    highest: Math.max(...means) / start,
    falling: 1 - mean(after) / mean(before),
    fallingError: Math.hypot(standardError(after), standardError(before)) / mean(before),
    pace: end < start ? (8 * (mean(before) - mean(after))) / (start - end) : 0,
    swing: values.length < 3 ? 1 : Math.max(...values) / Math.min(...values),
  };
}

/** The loss counts as falling if the last eighth of a run reduced it by at least this share. */
const FALLING = 0.02;
/** In a slow run, a smaller share counts if the loss still falls nearly as fast as on average over the run. */
const SLOWLY_FALLING = 0.003;
const STEADY = 0.6;

/** Whether the loss was still falling when the run ended, beyond what chance explains. */
export function stillFalls({ falling, fallingError, pace }: Trend): boolean {
  return falling > Math.max(pace > STEADY ? SLOWLY_FALLING : FALLING, 3 * fallingError);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0)) / values.length;
}
