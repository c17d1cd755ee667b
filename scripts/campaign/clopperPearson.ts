import {
  clopperPearson as exactInterval,
  type Interval,
} from "../../src/foundation/numbers/clopperPearson.ts";

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
  if (tried === 0) return { low: 0, high: 1 };
  // With 0 or all of the cases, the interval has one side, which here gets half of the error as well.
  const isOneSided = held === 0 || held === tried;
  return exactInterval(held, tried, isOneSided ? (1 + confidence) / 2 : confidence);
}
