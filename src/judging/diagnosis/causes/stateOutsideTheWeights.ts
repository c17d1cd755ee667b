import { percent } from "../../../foundation/print/printNumber.ts";
import { measureResumption } from "../../evidence/contract/resumption.ts";
import { RESUMED_ALIKE } from "../../law/resumes.ts";
import type { Cause } from "../cause.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const stateOutsideTheWeights: Cause<"state-outside-the-weights"> = {
  name: "state-outside-the-weights",
  claim: "training or an answer depends on something that no saved state holds",
  silent: true,
  async examine({ subject, repeats, askedFaults }) {
    const carried = suspectAsked(askedFaults, "carried", "answers carry a state on");
    if (carried) return carried;
    if (!repeats) return null;
    const resumption = await measureResumption(subject);
    if ("reason" in resumption || resumption.difference <= RESUMED_ALIKE) return null;
    return {
      rank: "state outside the weights",
      evidence: `two steps after a stop, a loss or a weight differs by ${percent(resumption.difference)}: a layer, a loss or an optimizer keeps something in a variable of its own`,
    };
  },
};
