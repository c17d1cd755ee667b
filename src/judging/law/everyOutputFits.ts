import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { allLearnOtherwise } from "../outcome/judgedOutputs.ts";
import { boundOfWorst, ERROR_OF_THE_MEAN, worstOutput } from "../outcome/worstOutput.ts";
import { below, type Law, NO_PREDICTIONS, notAsked } from "./law.ts";

/**
 * If outputs have different units, the one with the largest numbers dominates the squared error; this law checks all.
 */
export const everyOutputFits: Law = {
  name: "everyOutputFits",
  needsTheEnd: true,
  claim: "it predicts every output better than that output's own mean",
  async measure({ run, thresholds }) {
    const { train } = await run();
    const worst = worstOutput(train);
    if (train.outputs.every(wasJudgedByItsLoss)) return notAsked(NO_PREDICTIONS);
    if (worst === null) return notAsked("no output has enough examples on both sides of its mean");
    const detail = `error / own Var(Y) of ${worst.name}, the worst`;
    // A number that holds only noise is as far from the best predictions as from its mean, give or take the examples.
    const bound =
      worst.errorOverVariance < ERROR_OF_THE_MEAN
        ? ERROR_OF_THE_MEAN
        : boundOfWorst(worst, thresholds, train.outputs.length);
    const measured = below(worst.errorOverVariance, bound, detail);
    // Probabilities that name the right classes may still be far from 0 and 1.
    return allLearnOtherwise(train, thresholds) ? { ...measured, holds: true } : measured;
  },
};
