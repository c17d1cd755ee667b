import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { scaleLearningRate } from "../change.ts";
import { outputLayer } from "../places.ts";

export const saturatedOutputs: Cause<"saturated-outputs"> = {
  name: "saturated-outputs",
  claim: "the outputs sit at a bound, where their slope is nearly 0",
  examine({ survey, outputs, verdict, fails }) {
    if (fails !== "training") return null;
    const worst = outputs
      .filter(({ part }) => !part.classification)
      .map((output) => ({ ...output, saturated: outputLayer(survey, output.part.index)?.saturated ?? 0 }))
      .sort((a, b) => b.saturated - a.saturated)[0];
    if (!worst || worst.saturated === 0) return null;
    return {
      rank: verdict === "collapsed" ? "outputs are saturated, and constant" : "outputs are saturated",
      evidence: `${worst.prefix}${percent(worst.saturated)} of the outputs (${worst.activation}) are within 1 % of a bound on nearly every example`,
    };
  },
  cures: (config) => [
    scaleLearningRate(config, 0.1),
    changeConfig(config, { "model.outputActivation": "linear" }),
    scaleLearningRate(config, 0.01),
  ],
};
