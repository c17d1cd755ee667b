import { findAskedFaults } from "../evidence/asked/findAskedFaults.ts";
import { judge } from "../outcome/verdict.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A network that has learnt is of no use where it is asked about rows that are prepared otherwise, or its answers are misread. */
export const answersWhatIsAsked: Law = {
  name: "answersWhatIsAsked",
  claim: "what its script asks it after training is prepared and compared as in training",
  async measure({ subject, run, thresholds }) {
    const { asked = [] } = subject;
    if (asked.length === 0) return notAsked("nothing is known to be asked of it after training");
    const own = await run();
    const faults = findAskedFaults(subject, own, judge(own, thresholds) === "learns");
    const [first] = faults;
    return atMost(
      faults.length / asked.length,
      0,
      first
        ? `share of what is asked that is at fault (${first.words})`
        : "share of what is asked that is at fault",
    );
  },
};
