import { countDistinct, measureOverlap } from "../../evidence/overlap.ts";
import type { Cause } from "../cause.ts";

export const repeatedExamples: Cause<"repeated-examples"> = {
  name: "repeated-examples",
  claim: "few of the training examples are different",
  examine({ subject, fails }) {
    if (fails === null) return null;
    const distinct = countDistinct(subject.train);
    if (subject.train.count < 16 || distinct > subject.train.count / 4) return null;
    // If only few different inputs exist at all, even held-out ones occur in the training set, and repeats are no
    // fault.
    if (subject.heldOut && measureOverlap(subject.train, subject.heldOut).seen > FINITE) return null;
    return {
      rank: "few examples are different",
      evidence: `of ${subject.train.count} training examples only ${distinct} are different`,
    };
  },
};

/** If more than this share of the held-out inputs occurs in the training set, hardly any other inputs exist. */
const FINITE = 0.9;
