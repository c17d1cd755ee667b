import { contractOf } from "../evidence/contract/contract.ts";
import { judge } from "../outcome/verdict.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** Rounding leaves 1e-6; a sum over four small batches leaves 3, a loss that mixes examples 0.1 and more. */
const ROUNDING = 1e-3;

/**
 * The gradient of a batch is the mean of those of its parts, in any order. If the loss is a sum, every step is as many
 * times too large as the batch has examples. A subject may mean such a loss, so that it is no fault where the run learns.
 */
export const batchesAddUp: Law = {
  name: "batchesAddUp",
  // A loss of the whole batch is no fault of a run that learns, which one that was ended may still do.
  needsTheEnd: true,
  claim: "small batches add up to a large one, in any order",
  async measure({ subject, run, thresholds }) {
    const { loss } = await contractOf(subject);
    if (loss === null)
      return notAsked("there are fewer than four examples, or the first gradient is 0 or not finite");
    if (loss.kind !== "mean" && judge(await run(), thresholds) === "learns")
      return notAsked(
        `its loss is ${loss.kind === "sum" ? "a sum over the batch" : "one number for the whole batch"}, and the run learns`,
      );
    return atMost(
      Math.max(loss.fromMean, loss.fromOtherOrder),
      ROUNDING,
      `distance of the gradient of the loss from the mean over four small batches, relative to its length${loss.kind === "sum" ? ": the loss is their sum" : ""}`,
    );
  },
};
