import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { holdsOutTrainingRows } from "../../evidence/asked/asksNewRows.ts";
import { MIXED, measureOverlap, measureWindowOverlap } from "../../evidence/split/overlap.ts";
import type { Cause } from "../cause.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const leakage: Cause<"train-held-out-leakage"> = {
  name: "train-held-out-leakage",
  claim: "held-out examples were trained on",
  silent: true,
  examine({ subject, run, askedFaults }) {
    const asked = suspectAsked(askedFaults, "trainedBefore", "held-out examples were trained on");
    if (asked !== null) return asked;
    if (!subject.heldOut) return null;
    const windows = measureWindowOverlap(subject.train, subject.heldOut);
    if (windows !== null && windows > MIXED) {
      return {
        rank: "held-out examples were trained on",
        evidence: `${percent(windows)} of the held-out windows overlap training windows of the same series`,
      };
    }
    const { seen, byChance, surely } = measureOverlap(subject.train, subject.heldOut);
    if (!surely || holdsOutTrainingRows(subject, run)) return null;
    return {
      rank: "held-out examples were trained on",
      evidence: `${percent(seen)} of the held-out inputs are training inputs, bit for bit, where chance repeats ${percent(byChance)}`,
    };
  },
  // Windows of one series overlap without being the same: which of them are new, only time tells.
  cures: (config) => (config.subject === "own" ? [changeConfig(config, { "data.resplit": "distinct" })] : []),
};
