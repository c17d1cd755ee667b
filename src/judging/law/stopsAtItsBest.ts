import { describeTurnedStop } from "../evidence/turnedStop.ts";
import { wasCut } from "../outcome/stepsMade.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A run that early stopping ends where it improves may have learnt enough for every other law, and much less than it could. */
export const stopsAtItsBest: Law = {
  name: "stopsAtItsBest",
  claim: "early stopping takes what is better for better",
  async measure({ subject, run }) {
    if (!subject.earlyStopping) return notAsked("nothing ends its training early");
    const own = await run();
    if (wasCut(own, subject)) return notAsked("a budget ended its training");
    const turned = describeTurnedStop(subject, own);
    return turned === null ? atMost(0, 0, "epochs taken the wrong way round") : atMost(1, 0, turned);
  },
};
