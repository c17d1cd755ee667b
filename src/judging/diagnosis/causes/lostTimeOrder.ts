import { percent } from "../../../foundation/print/printNumber.ts";
import { findUnseenPast } from "../../evidence/attainable.ts";
import { shareOutOfOrder } from "../../evidence/timeOrder.ts";
import type { Cause } from "../cause.ts";

export const lostTimeOrder: Cause<"lost-time-order"> = {
  name: "lost-time-order",
  claim: "the steps of each window are in no order or not shown, so that a sequence has nothing to tell",
  examine({ subject, fails }) {
    const unseen = fails === "training" ? findUnseenPast(subject.train) : null;
    if (unseen !== null)
      return {
        rank: "the steps before are not shown",
        evidence: `each sequence has one step, which leaves ${percent(unseen.alone)} of Var(Y) open to a regression; with the three rows before it ${percent(unseen.past)} is left: give each example the steps before as well, in the shape [examples, steps, features]`,
      };
    const share = shareOutOfOrder(subject.train);
    if (share === null || share < MOST) return null;
    return {
      rank: "the steps of the windows are out of order",
      evidence: `${percent(share)} of the overlapping windows hold the same steps in another order; shuffle the windows, and never the steps within one`,
    };
  },
};

/** A few windows may be out of order by values that repeat. */
const MOST = 0.5;
