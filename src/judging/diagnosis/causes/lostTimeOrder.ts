import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { findUnseenPast } from "../../evidence/reference/attainable.ts";
import { findLostOrder } from "../../evidence/series/lostOrder.ts";
import { findLostSteps } from "../../evidence/series/lostSteps.ts";
import { shareOutOfOrder } from "../../evidence/series/timeOrder.ts";
import type { Cause, Suspicion } from "../cause.ts";

export const lostTimeOrder: Cause<"lost-time-order"> = {
  name: "lost-time-order",
  claim: "the steps of each window are in no order or not shown, so that a sequence has nothing to tell",
  async examine({ subject, fails }) {
    const steps = fails === null ? null : await findLostSteps(subject);
    if (steps !== null)
      return {
        rank: "no layer knows the order of the words",
        evidence: `in whatever order the words of a text stand, the network answers the same, since no layer before ${steps.layer} tells one place from another; of the targets, references that know which words a text has leave ${percent(steps.without)}, and ${percent(steps.withPlaces)} where they know the places as well: add positions to the words, or read them by a layer that keeps their order`,
      };
    const unseen = fails === "training" ? findUnseenPast(subject.train) : null;
    if (unseen !== null)
      return {
        rank: "the steps before are not shown",
        evidence: `each sequence has one step, which leaves ${percent(unseen.alone)} of Var(Y) open to a regression; with the three rows before it ${percent(unseen.past)} is left: give each example the steps before as well, in the shape [examples, steps, features]`,
      };
    const share = shareOutOfOrder(subject.train);
    if (share === null || share < MOST) return fails === null ? null : examineSeries(subject.train);
    return {
      rank: "the steps of the windows are out of order",
      evidence: `${percent(share)} of the overlapping windows hold the same steps in another order; shuffle the windows, and never the steps within one`,
    };
  },
  byHand:
    "keep the rows of a series in their order of time until the windows are cut, split them by time (shuffle=False), and shuffle whole windows alone",
  cures: async (config) =>
    "rework" in config && (await findLostSteps(await createSubject(config)))
      ? [changeConfig(config, { "rework.keepPlaces": true })]
      : [],
};

/** Asks whether the series itself was in no order before windows were cut from it. */
function examineSeries(train: Examples): Suspicion | null {
  const lost = findLostOrder(train);
  return (
    lost && {
      rank: "a series has no order",
      evidence: `each window is the one before it, moved by one step, and no step tells anything of another (correlation of at most ${printNumber(lost.strongest)} between its ${lost.steps} steps) or of the target (references leave ${percent(lost.left)} of Var(Y)): the rows were shuffled before the windows were cut, as by a split that shuffles, or the series is noise`,
    }
  );
}

/** A few windows may be out of order by values that repeat. */
const MOST = 0.5;
