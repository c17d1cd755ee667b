import { countRepeated, MANY_TIMES } from "../../evidence/split/repeatedRows.ts";
import type { Cause } from "../cause.ts";
import { takeMoreRows } from "../cure/takeHeld.ts";

export const repeatedExamples: Cause<"repeated-examples"> = {
  name: "repeated-examples",
  claim: "few of the training examples are different",
  examine({ subject, fails }) {
    const distinct = fails === null ? null : countRepeated(subject, MANY_TIMES);
    if (distinct === null) return null;
    return {
      rank: "few examples are different",
      evidence: `of ${subject.train.count} training examples only ${distinct} are different`,
    };
  },
  byHand:
    "give fit other rows in each batch of an epoch, or more rows: where there are no others, gather them",
  cures: (config) => takeMoreRows(config),
};
