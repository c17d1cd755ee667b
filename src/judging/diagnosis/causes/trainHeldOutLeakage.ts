import { percent } from "../../../foundation/print/printNumber.ts";
import { measureOverlap } from "../../evidence/overlap.ts";
import type { Cause } from "../cause.ts";

export const leakage: Cause<"train-held-out-leakage"> = {
  name: "train-held-out-leakage",
  claim: "held-out examples were trained on",
  silent: true,
  examine({ subject }) {
    if (!subject.heldOut) return null;
    const { seen, byChance, surely } = measureOverlap(subject.train, subject.heldOut);
    if (!surely) return null;
    return {
      rank: "held-out examples were trained on",
      evidence: `${percent(seen)} of the held-out inputs are training inputs, bit for bit, where chance repeats ${percent(byChance)}`,
    };
  },
};
