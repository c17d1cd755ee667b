import { countDistinct } from "../../evidence/overlap.ts";
import type { Cause } from "../cause.ts";

export const repeatedExamples: Cause<"repeated-examples"> = {
  name: "repeated-examples",
  claim: "few of the training examples are different",
  examine({ subject, fails }) {
    if (fails === null) return null;
    const distinct = countDistinct(subject.train);
    if (subject.train.count < 16 || distinct > subject.train.count / 4) return null;
    return {
      rank: "few examples are different",
      evidence: `of ${subject.train.count} training examples only ${distinct} are different`,
    };
  },
};
