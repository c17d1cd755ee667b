import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";

export const tooMuchRegularisation: Cause<"too-much-regularisation"> = {
  name: "too-much-regularisation",
  claim: "penalties or dropout outweigh what there is to learn",
  examine({ run, survey, subject, fails }) {
    if (fails !== "training" || !run.finite) return null;
    const shrunk = Math.min(...survey.layers.map(({ growth }) => growth));
    const decay = typeof subject.optimizer === "function" ? 0 : subject.optimizer.weightDecay;
    if (survey.penaltyShare > PENALTY) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `penalties of the weights are ${percent(survey.penaltyShare)} of the loss; a layer's weights ended at ${percent(shrunk)} of their initial length`,
      };
    }
    if (decay > 0 && shrunk < SHRUNK) {
      return {
        rank: "penalty outweighs the loss",
        evidence: `weight decay of ${decay} shrank a layer's weights to ${percent(shrunk)} of their initial length`,
      };
    }
    if (survey.dropout >= HEAVY_DROPOUT) {
      return {
        rank: survey.dropout >= 0.7 ? "dropout takes nearly all" : "dropout is heavy",
        evidence: `dropout takes away ${percent(survey.dropout)} of the units at every step`,
      };
    }
    return null;
  },
  cures: (config) => [
    changeConfig(config, { "model.l2": 0, "training.optimizer.weightDecay": 0, "model.dropout": 0 }),
  ],
};

const PENALTY = 0.3;
const SHRUNK = 0.5;
const HEAVY_DROPOUT = 0.4;
