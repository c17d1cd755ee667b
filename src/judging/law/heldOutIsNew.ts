import { measureOverlap } from "../evidence/overlap.ts";
import { atMost, type Law } from "./law.ts";

/** What was learnt by heart looks like what was understood, if the questions are the same. */
export const heldOutIsNew: Law = {
  name: "heldOutIsNew",
  claim: "its held-out examples are not among those it was trained on",
  async measure({ subject }) {
    if (subject.heldOut === null) return null;
    const { seen, byChance, threshold } = measureOverlap(subject.train, subject.heldOut);
    return atMost(seen - byChance, threshold, "share of held-out inputs that were trained on, beyond chance");
  },
};
