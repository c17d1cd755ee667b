import { atMost, type Law, notAsked } from "./law.ts";

/** A loss broadcasts outputs and targets that do not fit, and compares every output with every target. */
export const outputsFitTargets: Law = {
  name: "outputsFitTargets",
  claim: "it has an output for each target",
  async measure({ subject: { train } }) {
    if (train.fittedFrom === undefined) return notAsked("outputs and targets fit");
    return atMost(
      Math.abs(train.outputs - train.fittedFrom),
      0,
      `outputs that have no target, or targets that have no output (${train.outputs} and ${train.fittedFrom})`,
    );
  },
};
