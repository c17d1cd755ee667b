import { percent } from "../../../foundation/print/printNumber.ts";
import { measureAssociation } from "../../evidence/association.ts";
import { inputUses } from "../../evidence/inputUses.ts";
import type { Cause } from "../cause.ts";

export const noisyLabels: Cause<"noisy-labels"> = {
  name: "noisy-labels",
  claim: "many targets are wrong",
  async examine({ subject, fails, verdict }) {
    if (fails === null || verdict === "diverged" || !subject.heldOut) return null;
    const train = measureAssociation(subject.train);
    const heldOut = measureAssociation(subject.heldOut);
    if (!train || !heldOut || train.score <= RELATED || heldOut.score < 2 * RELATED) return null;
    const excess = train.ratio - heldOut.ratio;
    // Between codes, such as the numbers of words, there is no distance.
    if (excess < EXCESS || (await inputUses(subject)).includes("codes")) return null;
    return {
      rank: excess > 2 * EXCESS ? "labels are very noisy" : "labels are noisy",
      evidence: `targets of nearest neighbours differ by ${percent(train.ratio)} of what those of random pairs do among training examples, by ${percent(heldOut.ratio)} among held-out ones`,
    };
  },
};

/** Bound on the association score, in standard deviations of the score under shuffled targets. */
const RELATED = 3;
const EXCESS = 0.15;
