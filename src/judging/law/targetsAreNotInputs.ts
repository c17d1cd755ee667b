import { contractOf } from "../evidence/contract/contract.ts";
import { findTargetInInput } from "../evidence/series/series.ts";
import { findShownAnswers } from "../evidence/series/shownAnswers.ts";
import { findTargetCopy } from "../evidence/targets/targetCopy.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A network that can copy the target from its own input does not have to predict anything. */
export const targetsAreNotInputs: Law = {
  name: "targetsAreNotInputs",
  claim: "no target stands in its own inputs",
  async measure({ subject }) {
    const { train } = subject;
    if (findTargetCopy(train) !== null)
      return atMost(1, 0, "input columns that are the target in other numbers");
    if (findShownAnswers(train) !== null)
      return atMost(1, 0, "inputs that show each position its own answer");
    const { foresight } = await contractOf(subject);
    if (foresight !== null)
      return atMost(
        foresight.seeing,
        0,
        `of ${foresight.asked} steps those that see their own answer, ${foresight.ahead} further on in the input`,
      );
    if (train.inputShape.length !== 2 || train.count < 2)
      return notAsked("its inputs are no windows of a series, and none is the target in other numbers");
    return atMost(findTargetInInput(train) ? 1 : 0, 0, "targets that are a number of their own input");
  },
};
