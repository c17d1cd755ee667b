import { printNumber } from "../../../foundation/print/printNumber.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import { findSortedSplit } from "../../evidence/split/sortedSplit.ts";
import type { Cause } from "../cause.ts";
import { shuffleBeforeSplitting } from "../cure/shuffleBeforeSplitting.ts";

export const constantLabels: Cause<"constant-labels"> = {
  name: "constant-labels",
  claim: "every example has the same target",
  silent: true,
  byHand:
    "give labels that differ; look at the line that makes them, such as a comparison that is never true, a column that was filled with one value, or a slice of rows of one class",
  examine({ subject, targets }) {
    if (subject.train.count < 2 || targets.some(({ deviation }) => deviation > 0)) return null;
    if (targetParts(subject.train).every(({ arePlaceholders }) => arePlaceholders)) return null;
    const sorted = findSortedSplit(subject);
    return {
      rank: "targets are constant",
      evidence: `all ${subject.train.count} targets are ${targets.map(({ mean }) => printNumber(mean)).join(", ")}: there is nothing to learn from the inputs${sorted ? `; the rows are sorted by ${sorted.name}, and the split left all others to the held-out examples` : ""}`,
    };
  },
  cures: shuffleBeforeSplitting,
};
