import { holdsOutTrainingRows } from "../evidence/asked/asksNewRows.ts";
import { MIXED, measureOverlap, measureWindowOverlap } from "../evidence/split/overlap.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** If held-out examples are also training examples, a memorising network looks as if it generalised. */
export const heldOutIsNew: Law = {
  name: "heldOutIsNew",
  claim: "its held-out examples are not among those it was trained on",
  async measure({ subject, run }) {
    if (subject.heldOut === null) return notAsked("no examples are held out");
    const windows = measureWindowOverlap(subject.train, subject.heldOut);
    if (windows !== null && windows > MIXED)
      return atMost(windows, MIXED, "share of held-out windows that overlap training windows in time");
    const { seen, byChance, threshold } = measureOverlap(subject.train, subject.heldOut);
    const isBesideOthers = seen === 1 && (subject.asked ?? []).length > 0;
    if (seen - byChance > threshold && isBesideOthers && holdsOutTrainingRows(subject, await run()))
      return notAsked(
        "all that is held out are training rows; its script asks it new rows, too, which it answers well",
      );
    return atMost(seen - byChance, threshold, "share of held-out inputs that were trained on, beyond chance");
  },
};
