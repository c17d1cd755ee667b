import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { changeActivation, scaleLearningRate } from "../change.ts";
import { hiddenLayers } from "../places.ts";
import { isSaturated } from "../signs.ts";

export const saturatedUnits: Cause<"saturated-units"> = {
  name: "saturated-units",
  claim: "hidden units sit at their bounds, where their slope is nearly 0",
  examine({ survey, fails }) {
    if (fails !== "training") return null;
    const hidden = hiddenLayers(survey);
    const worst = [...hidden].sort((a, b) => (b.saturated ?? 0) - (a.saturated ?? 0))[0];
    if (!worst || !isSaturated(survey)) return null;
    return {
      rank: worst.saturated === 1 ? "a whole layer is saturated" : "units are saturated",
      evidence: `${percent(worst.saturated as number)} of the units of ${worst.layer} are within 1 % of a bound`,
    };
  },
  cures: (config) => [
    scaleLearningRate(config, 0.1),
    changeActivation(config, "relu"),
    scaleLearningRate(config, 0.01),
    changeConfig(config, { "model.kernelInitializer": "glorotUniform" }),
  ],
};
