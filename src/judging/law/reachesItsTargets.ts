import { measureReach } from "../evidence/reach.ts";
import { atMost, type Law } from "./law.ts";

export const LEAST_REACHED = 0.02;

/** The bound is that of all training examples, the error that of a sample. */
export const MARGIN = 0.8;

/** Outputs that cannot become the targets leave an error that no training removes. */
export const reachesItsTargets: Law = {
  name: "reachesItsTargets",
  claim: "its outputs can become its targets",
  async measure({ run, subject }) {
    const { survey, train } = await run();
    const units = survey?.layers.at(-1)?.units;
    const measured =
      survey && measureReach(survey.outputActivation, subject.train, units).leastLossOverVariance;
    if (measured === null) return null;
    // A bound that the run went below is none: what stands behind the last layer with weights is not seen.
    if (train.lossOverVariance !== null && train.lossOverVariance < MARGIN * measured) return null;
    return atMost(
      measured,
      LEAST_REACHED,
      "least mean squared error that the output activation allows / Var(Y)",
    );
  },
};
