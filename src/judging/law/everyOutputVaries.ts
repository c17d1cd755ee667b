import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { isFlatSoFar, leastVariation } from "../outcome/flatOutput.ts";
import { forgottenClass } from "../outcome/forgottenClass.ts";
import { allLearnOtherwise } from "../outcome/judgedOutputs.ts";
import { judge } from "../outcome/verdict.ts";
import { atLeast, type Law, NO_PREDICTIONS, notAsked } from "./law.ts";

/** One output can be constant while another is learnt. The average hides this, so the law checks each output alone. */
export const everyOutputVaries: Law = {
  name: "everyOutputVaries",
  needsTheEnd: true,
  claim: "every output varies with the input, not just one",
  async measure({ subject, run, thresholds }) {
    const own = await run();
    const { train } = own;
    const least = leastVariation(train, thresholds);
    if (train.outputs.every(wasJudgedByItsLoss)) return notAsked(NO_PREDICTIONS);
    if (least === null) return notAsked("the judged targets are constant");
    const forgotten = forgottenClass(train, thresholds);
    const varies =
      forgotten === null
        ? atLeast(least.ratio, least.bound, "least Var(Ŷ) / Var(Y) of an output")
        : atLeast(
            forgotten.ratio,
            forgotten.bound,
            `Var(Ŷ) / Var(Y) of class ${forgotten.number}, which is never predicted`,
          );
    // Probabilities that name the right classes may still be far from 0 and 1.
    if (forgotten === null && allLearnOtherwise(train, thresholds)) return { ...varies, holds: true };
    return { ...varies, isOpen: isFlatSoFar(own, subject, judge(own, thresholds), thresholds) };
  },
};
