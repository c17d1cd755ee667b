import { findTargetInInput } from "../evidence/series.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A network that can copy the target from its own input does not have to predict anything. */
export const targetsAreNotInputs: Law = {
  name: "targetsAreNotInputs",
  claim: "no target of a series stands in its own window",
  async measure({ subject }) {
    const { train } = subject;
    if (train.inputShape.length !== 2 || train.count < 2)
      return notAsked("its inputs are no windows of a series");
    return atMost(findTargetInInput(train) ? 1 : 0, 0, "targets that are a number of their own input");
  },
};
