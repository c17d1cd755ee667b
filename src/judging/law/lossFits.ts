import { isJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { measureLossDirection } from "../evidence/loss/lossDirection.ts";
import { findLossMisfit } from "../evidence/loss/lossFit.ts";
import { findSecondSqueeze, mayBeSqueezedTwice } from "../evidence/loss/lossGoal.ts";
import { type Output, outputsOf } from "../evidence/targets/outputs.ts";
import { missesRegressedClasses } from "../evidence/targets/regressedClasses.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A crossentropy of numbers that are not probabilities can fall during training although it measures nothing. */
export const lossFits: Law = {
  name: "lossFits",
  claim: "its loss is made for its outputs and targets",
  async measure({ run, subject }) {
    const { survey, train } = await run();
    if (survey === null) return notAsked("the run was not surveyed");
    const outputs = outputsOf(subject, survey);
    const asked = outputs.filter((output) => typeof output.loss !== "function" || mayBeSqueezedTwice(output));
    const own = outputs.filter(({ part }) => isJudgedByItsLoss(part));
    if (asked.length + own.length === 0) return notAsked("its loss is its own");
    for (const output of own) {
      const ignored = await ignoredNumbers(output);
      if (ignored.length > 0)
        return atMost(
          ignored.length,
          0,
          `${output.prefix}outputs on which the loss does not depend, and which nothing trains: ${ignored.join(", ")}`,
        );
    }
    for (const output of asked) {
      const reason = findLossMisfit(output)?.reason ?? (await findSecondSqueeze(output));
      if (reason !== null) return atMost(1, 0, reason);
    }
    const regressed = missesRegressedClasses(subject, train);
    if (regressed !== null) return atMost(1, 0, regressed);
    return atMost(0, 0, "misfits");
  },
};

/** The numbers of an output on which a loss that is made for its shape does not depend. */
async function ignoredNumbers({ loss, part }: Output): Promise<readonly number[]> {
  return (await measureLossDirection(loss, part))?.ignoredOutputs ?? [];
}
