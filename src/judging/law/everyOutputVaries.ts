import { LEAST_RATIO, leastVarianceRatio } from "../outcome/flatOutput.ts";
import { learnsClasses } from "../outcome/verdict.ts";
import { atLeast, type Law } from "./law.ts";

/** One coordinate can be flat while another is learnt: the average hides it, so each is asked by itself. */
export const everyOutputVaries: Law = {
  name: "everyOutputVaries",
  claim: "every output varies with the input, not just one",
  async measure({ run }) {
    const { train } = await run();
    const ratio = leastVarianceRatio(train);
    if (ratio === null) return null;
    const least = atLeast(ratio, LEAST_RATIO, "least Var(Ŷ) / Var(Y) of an output");
    // Probabilities that name the classes rightly may be unsure.
    return learnsClasses(train) ? { ...least, holds: true } : least;
  },
};
