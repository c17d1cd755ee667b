import { findTargetInInput } from "../../evidence/series.ts";
import type { Cause } from "../cause.ts";

export const targetInInput: Cause<"target-in-input"> = {
  name: "target-in-input",
  claim: "the target stands in its own input",
  silent: true,
  examine({ subject }) {
    const found = findTargetInInput(subject.train);
    if (!found) return null;
    const features = subject.train.inputShape[1] as number;
    const step = Math.floor(found.place / features);
    return {
      rank: "a target stands in its own input",
      evidence: `target ${found.output} is feature ${found.place % features} of step ${step} of its own window, in every example`,
    };
  },
};
