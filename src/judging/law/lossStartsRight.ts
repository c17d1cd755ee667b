import { contractOf } from "../evidence/contract/contract.ts";
import { judge } from "../outcome/verdict.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/**
 * Outputs of about 0 give the loss of the form. Sound initial weights on standardised inputs give outputs of about 1,
 * which doubles it. A run that learns from further off has made good for it.
 */
export const GROSS = 30;

/** Before training, a loss says by its size alone whether the weights, the inputs or the targets have another scale. */
export const lossStartsRight: Law = {
  name: "lossStartsRight",
  needsTheEnd: true,
  claim: "its loss starts at about what its form gives for outputs of 0",
  async measure({ subject, run, thresholds }) {
    const { start } = await contractOf(subject);
    if (start === null) return notAsked("its loss is its own, or has no such start");
    const ratio = start.loss / start.expected;
    if (!(ratio <= GROSS) && judge(await run(), thresholds) === "learns")
      return notAsked("the run learns from the loss that it starts with");
    return atMost(ratio, GROSS, `${start.prefix}loss before training / ${start.form}`);
  },
};
