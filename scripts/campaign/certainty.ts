// When a campaign may stop. Looking at an interval after every trial and stopping once it suits would be wrong far
// more often than the interval says, so it is looked at only when the trials have doubled, and look k spends
// 1 / (k (k + 1)) of the error that is allowed: the shares of all looks sum to 1, however long it goes on.

import { clopperPearson } from "./clopperPearson.ts";

/** Whether something holds as often as is claimed: known for certain, either way, or not yet. */
export type Certainty = "holds" | "fails" | "open";

/** The chance that a campaign stops with the wrong answer, over all its looks. */
const ERROR = 0.001;

/**
 * Whether it is certain by now that something holds in at least a share `atLeast` of all trials, or in fewer.
 *
 * @param held of the `tried` trials so far.
 * @param atLeast the share claimed, in (0, 1).
 */
export function certaintyOf(held: number, tried: number, atLeast: number): Certainty {
  const look = Math.log2(tried) + 1;
  if (!Number.isInteger(look)) return "open";
  const { low, high } = clopperPearson(held, tried, 1 - ERROR / (look * (look + 1)));
  if (low >= atLeast) return "holds";
  return high < atLeast ? "fails" : "open";
}
