import { measureReach } from "../evidence/reach.ts";
import { atMost, type Law } from "./law.ts";

export const LEAST_REACHED = 0.02;

/** Outputs that cannot become the targets leave an error that no training removes. */
export const reachesItsTargets: Law = {
  name: "reachesItsTargets",
  claim: "its outputs can become its targets",
  async measure({ run, subject }) {
    const { survey } = await run();
    const measured = survey && measureReach(survey.outputActivation, subject.train).leastLossOverVariance;
    if (measured === null) return null;
    return atMost(
      measured,
      LEAST_REACHED,
      "least mean squared error that the output activation allows / Var(Y)",
    );
  },
};
