import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { LEAST_RATIO, leastVarianceRatio } from "../outcome/flatOutput.ts";
import { allLearnOtherwise } from "../outcome/judgedOutputs.ts";
import { atLeast, type Law, NO_PREDICTIONS, notAsked } from "./law.ts";

/** One output can be constant while another is learnt. The average hides this, so the law checks each output alone. */
export const everyOutputVaries: Law = {
  name: "everyOutputVaries",
  needsTheEnd: true,
  claim: "every output varies with the input, not just one",
  async measure({ run, thresholds }) {
    const { train } = await run();
    const ratio = leastVarianceRatio(train);
    if (train.outputs.every(wasJudgedByItsLoss)) return notAsked(NO_PREDICTIONS);
    if (ratio === null) return notAsked("the judged targets are constant");
    const least = atLeast(ratio, LEAST_RATIO, "least Var(Ŷ) / Var(Y) of an output");
    // Probabilities that name the right classes may still be far from 0 and 1.
    return allLearnOtherwise(train, thresholds) ? { ...least, holds: true } : least;
  },
};
