// Decides when a campaign may stop. Checking an interval after every trial and stopping once it suits would be wrong
// far more often than the interval says. So it is checked only when the number of trials has doubled, and check k
// spends 1 / (k (k + 1)) of the allowed error: the shares of all checks sum to 1, however long the campaign runs.

import { clopperPearson } from "./clopperPearson.ts";

/** Whether something holds as often as claimed: certainly, certainly not, or not known yet. */
export type Certainty = "holds" | "fails" | "open";

/** The probability that a campaign stops with the wrong answer, over all its checks. */
const ERROR = 0.001;

/**
 * Decides whether something certainly holds in at least a share `atLeast` of all trials, or certainly in fewer.
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
