import { describeTurnedPlateau, describeTurnedStop } from "../evidence/turnedStop.ts";
import { wasCut } from "../outcome/stepsMade.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A run that early stopping ends, or whose rate falls, where it improves may have learnt enough for every other law, and much less than it could. */
export const stopsAtItsBest: Law = {
  name: "stopsAtItsBest",
  claim: "early stopping, and what lowers the rate, take what is better for better",
  async measure({ subject, run }) {
    const { earlyStopping, optimizer } = subject;
    const lowers = typeof optimizer !== "function" && optimizer.onPlateau;
    if (!earlyStopping && !lowers)
      return notAsked("nothing ends its training early, and nothing that is measured lowers its rate");
    const own = await run();
    if (wasCut(own, subject)) return notAsked("a budget ended its training");
    const turned = describeTurnedStop(subject, own) ?? describeTurnedPlateau(subject, own);
    return turned === null ? atMost(0, 0, "epochs taken the wrong way round") : atMost(1, 0, turned);
  },
};
