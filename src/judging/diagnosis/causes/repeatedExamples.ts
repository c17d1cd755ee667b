import { countDistinct, measureOverlap } from "../../evidence/overlap.ts";
import type { Cause } from "../cause.ts";

export const repeatedExamples: Cause<"repeated-examples"> = {
  name: "repeated-examples",
  claim: "few of the training examples are different",
  examine({ subject, fails }) {
    if (fails === null) return null;
    const distinct = countDistinct(subject.train);
    if (subject.train.count < 16 || distinct > subject.train.count / 4) return null;
    // A finite world repeats itself: new examples are then among those that training saw, and repeating is no fault.
    if (subject.heldOut && measureOverlap(subject.train, subject.heldOut).seen > FINITE) return null;
    return {
      rank: "few examples are different",
      evidence: `of ${subject.train.count} training examples only ${distinct} are different`,
    };
  },
};

/** Share of the held-out inputs that training saw, from which there are hardly any others. */
const FINITE = 0.9;
