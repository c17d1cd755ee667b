import { learnsClasses } from "../outcome/verdict.ts";
import { ERROR_OF_THE_MEAN, worstOutput } from "../outcome/worstOutput.ts";
import { below, type Law } from "./law.ts";

/** Where outputs have different units, the squared error is that of the largest: the others are asked here. */
export const everyOutputFits: Law = {
  name: "everyOutputFits",
  claim: "it predicts every output better than that output's own mean",
  async measure({ run }) {
    const { train } = await run();
    const worst = worstOutput(train);
    if (worst === null) return null;
    const detail = `error / own Var(Y) of output ${worst.output}, the worst`;
    const measured = below(worst.errorOverVariance, ERROR_OF_THE_MEAN, detail);
    // Probabilities that name the classes rightly may be unsure.
    return learnsClasses(train) ? { ...measured, holds: true } : measured;
  },
};
