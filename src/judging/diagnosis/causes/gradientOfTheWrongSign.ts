import { printNumber } from "../../../foundation/print/printNumber.ts";
import { hasOwnLoss, hasOwnOptimizer } from "../../../learning/config/ownDefaults.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import { asksItsLossAlone, isJudgedByItsLoss } from "../../../learning/measure/lossMeasure.ts";
import { measureLossDirection } from "../../evidence/loss/lossDirection.ts";
import { measureOptimizerResponse } from "../../evidence/weights/optimizerResponse.ts";
import type { Cause } from "../cause.ts";
import { useAdam, useFittingLoss } from "../change.ts";

export const wrongSign: Cause<"gradient-of-the-wrong-sign"> = {
  name: "gradient-of-the-wrong-sign",
  claim: "training climbs the loss instead of descending it",
  async examine({ subject, outputs, fails }) {
    if (fails !== "training") return null;
    const response = await measureOptimizerResponse(subject.optimizer);
    if (response && response.first > 0)
      return {
        rank: "optimizer climbs",
        evidence: "the optimizer moves a weight along its gradient, not against it",
      };
    for (const { loss, part, prefix } of outputs) {
      if (asksForDistances(part)) continue;
      if (isJudgedByItsLoss(part) || asksItsLossAlone(part)) {
        if (!(await part.measure?.best())?.isBottomless) continue;
        return {
          rank: "loss falls with the error",
          evidence: `${prefix}the loss falls without end as a constant prediction goes away from the targets, so that training runs away from them`,
        };
      }
      const direction = await measureLossDirection(loss, part);
      if (!direction || direction.slopeIgnoresTargets || (direction.cosine ?? 1) >= OPPOSITE) continue;
      return {
        rank: "loss falls with the error",
        evidence: `${prefix}the loss falls where the error grows: its gradient has a cosine of ${printNumber(direction.cosine ?? 1)} with the error's own`,
      };
    }
    return null;
  },
  cures: async (config) => [
    ...(hasOwnOptimizer(config) ? [useAdam(config)] : []),
    ...(hasOwnLoss(config) ? await useFittingLoss(config) : []),
  ],
};

const OPPOSITE = -0.3;
