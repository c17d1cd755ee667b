import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { measureAssociation } from "../../evidence/association.ts";
import { inputUses } from "../../evidence/inputUses.ts";
import type { Cause } from "../cause.ts";

export const shuffledLabels: Cause<"shuffled-labels"> = {
  name: "shuffled-labels",
  claim: "the targets do not belong to their inputs",
  async examine({ subject, fails, verdict }) {
    if (fails === null || verdict === "diverged") return null;
    const train = measureAssociation(subject.train);
    if (!train || train.examples < ENOUGH || train.score > RELATED) return null;
    // Between codes, such as the numbers of words, there is no distance.
    if ((await inputUses(subject)).some(({ as }) => as === "codes")) return null;
    const heldOut = subject.heldOut && measureAssociation(subject.heldOut);
    const evidence = `of ${train.examples} training examples, targets of nearest neighbours differ by ${percent(train.ratio)} of what those of random pairs do (${printNumber(train.score)} standard deviations)`;
    if (heldOut && heldOut.score > SURELY_RELATED) {
      return {
        rank: "only training labels are unrelated",
        evidence: `${evidence}; of held-out ones by ${percent(heldOut.ratio)}`,
      };
    }
    return {
      rank: fails === "held-out" ? "labels are unrelated, and nothing generalises" : "labels are unrelated",
      evidence,
    };
  },
};

/** Bounds on the association score, in standard deviations of the score under shuffled targets. */
const RELATED = 3;
const SURELY_RELATED = 5;
/** With fewer examples, even the nearest neighbour is too far away to have a similar target. */
const ENOUGH = 40;
