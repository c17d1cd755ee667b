import { largestOf, leastOf } from "../../foundation/numbers/extremes.ts";
import { columnVariances } from "../../foundation/numbers/statistics.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

/** Next to targets of 1, float32 cannot represent smaller differences. */
const LEAST = 1e-12;

/** On constant targets, a network that predicts a constant is right although it has learnt nothing. */
export const targetsDiffer: Law = {
  name: "targetsDiffer",
  claim: "its examples have different targets",
  async measure({ subject }) {
    if (subject.train.count < 2) return notAsked("there is one example");
    const { train } = subject;
    const variances = columnVariances(train.targets, train.outputs);
    const all = targetParts(train);
    const parts = all.filter(({ arePlaceholders }) => !arePlaceholders);
    if (parts.length === 0) return notAsked("its loss reads no targets");
    const largest = parts.map(({ offset, size }) => largestOf(variances.slice(offset, offset + size)));
    const least = largest.indexOf(leastOf(largest));
    const of = all.length === 1 ? "an output" : `a number of ${parts[least]?.name}`;
    return atLeast(largest[least] as number, LEAST, `largest Var(Y) of ${of}`);
  },
};
