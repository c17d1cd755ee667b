import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import { findSortedSplit } from "../../evidence/split/sortedSplit.ts";
import { findOneClassAlone } from "../../evidence/targets/oneClassAlone.ts";
import type { Cause } from "../cause.ts";
import { shuffleBeforeSplitting } from "../cure/shuffleBeforeSplitting.ts";
import { takeClasses } from "../cure/takeHeld.ts";

export const constantLabels: Cause<"constant-labels"> = {
  name: "constant-labels",
  claim: "every example has the same target",
  silent: true,
  byHand:
    "give labels that differ; look at the line that makes them, such as a comparison that is never true, a column that was filled with one value, or a slice of rows of one class",
  examine({ subject, targets, outputs }) {
    const [alone] = outputs.flatMap((output) => findOneClassAlone(output) ?? []);
    if (alone !== undefined) return { rank: "targets are constant", evidence: alone };
    if (subject.train.count < 2 || targets.some(({ deviation }) => deviation > 0)) return null;
    if (targetParts(subject.train).every(({ arePlaceholders }) => arePlaceholders)) return null;
    const sorted = findSortedSplit(subject);
    const means = targets.map(({ mean }) => printNumber(mean));
    const told = leavesOut(subject.train)
      ? " wherever they count: steps whose weight is 0, as where only what fills a sequence up has one of 1, or that a mask hides, are left out of the loss"
      : "";
    return {
      rank: "targets are constant",
      evidence: `all ${subject.train.count} targets are ${listed(means)}${told}: there is nothing to learn from the inputs${sorted ? `; the rows are sorted by ${sorted.name}, and the split left all others to the held-out examples` : ""}`,
    };
  },
  cures: async (config) => [
    ...(config.subject === "own" && leavesOut((await createSubject(config)).train)
      ? [changeConfig(config, { "data.withoutWeights": true })]
      : []),
    ...takeClasses(config),
    ...(await shuffleBeforeSplitting(config)),
  ],
};

/** Whether weights or masks leave some steps of the targets out of the loss. */
function leavesOut({ stepWeights, shownSteps }: Examples): boolean {
  return [stepWeights, shownSteps].some((table) => table?.includes(0));
}

/** So many numbers are named. */
const MOST_NAMED = 5;

function listed(numbers: readonly string[]): string {
  const more = numbers.length - MOST_NAMED;
  return numbers.slice(0, MOST_NAMED).join(", ") + (more > 0 ? `, and so on for ${more} more numbers` : "");
}
