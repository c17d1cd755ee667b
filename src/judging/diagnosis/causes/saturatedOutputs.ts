import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { scaleLearningRate } from "../change.ts";

export const saturatedOutputs: Cause<"saturated-outputs"> = {
  name: "saturated-outputs",
  claim: "the outputs sit at a bound, where their slope is nearly 0",
  examine({ survey, verdict, fails, subject }) {
    if (fails !== "training" || subject.train.classification) return null;
    const output = survey.layers.at(-1);
    if (!output || (output.saturated ?? 0) === 0) return null;
    return {
      rank: verdict === "collapsed" ? "outputs are saturated, and constant" : "outputs are saturated",
      evidence: `${percent(output.saturated as number)} of the outputs (${survey.outputActivation}) are within 1 % of a bound on nearly every example`,
    };
  },
  cures: (config) => [
    scaleLearningRate(config, 0.1),
    changeConfig(config, { "model.outputActivation": "linear" }),
    scaleLearningRate(config, 0.01),
  ],
};
