import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Cause } from "../cause.ts";

export const constantLabels: Cause<"constant-labels"> = {
  name: "constant-labels",
  claim: "every example has the same target",
  silent: true,
  examine({ subject, targets }) {
    if (subject.train.count < 2 || targets.some(({ deviation }) => deviation > 0)) return null;
    return {
      rank: "targets are constant",
      evidence: `all ${subject.train.count} targets are ${targets.map(({ mean }) => printNumber(mean)).join(", ")}: there is nothing to learn from the inputs`,
    };
  },
};
