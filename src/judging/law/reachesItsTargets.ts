import { measureReach } from "../evidence/reach.ts";
import { atMost, type Law } from "./law.ts";

export const LEAST_REACHED = 0.02;

/** Tolerance, because the bound is computed from all training examples and the error from a sample. */
export const MARGIN = 0.8;

/** If the output activation cannot produce the targets, an error remains that no training removes. */
export const reachesItsTargets: Law = {
  name: "reachesItsTargets",
  claim: "its outputs can become its targets",
  async measure({ run, subject }) {
    const { survey, train } = await run();
    const units = survey?.layers.at(-1)?.units;
    const measured =
      survey && measureReach(survey.outputActivation, subject.train, units).leastLossOverVariance;
    if (measured === null) return null;
    // If the run's error is below the bound, the bound is wrong: the survey does not see code after the last layer with
    // weights.
    if (train.lossOverVariance !== null && train.lossOverVariance < MARGIN * measured) return null;
    return atMost(
      measured,
      LEAST_REACHED,
      "least mean squared error that the output activation allows / Var(Y)",
    );
  },
};
