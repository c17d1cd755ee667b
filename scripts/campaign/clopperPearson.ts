import statistics from "jstat";

/** An interval for a probability. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Clopper and Pearson's exact interval for how often something holds, of which `held` of `tried` were seen.
 *
 * Never too narrow: whatever the true probability, it is covered with at least the confidence asked for.
 *
 * @param held from 0 to `tried`.
 * @param tried at least 0; with none the interval is [0, 1].
 * @param confidence in (0, 1). @defaultValue 0.95
 * @throws {RangeError} when the numbers are not counts, or the confidence is no probability.
 */
export function clopperPearson(held: number, tried: number, confidence = 0.95): Interval {
  if (!Number.isInteger(held) || !Number.isInteger(tried) || held < 0 || held > tried)
    throw new RangeError(`clopperPearson: held must be a count from 0 to tried, got ${held} of ${tried}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`clopperPearson: confidence must lie between 0 and 1, got ${confidence}`);
  const tail = (1 - confidence) / 2;
  const { beta } = statistics.jStat;
  return {
    low: held === 0 ? 0 : beta.inv(tail, held, tried - held + 1),
    high: held === tried ? 1 : beta.inv(1 - tail, held + 1, tried - held),
  };
}
