import { changeConfig } from "../../config/changeConfig.ts";
import { printNumber } from "../../words/printNumber.ts";
import type { Cause } from "../cause.ts";
import { changeActivation, scaleSteps } from "../change.ts";
import { gradientRatio, VANISHED } from "../signs.ts";

export const vanishingGradients: Cause<"vanishing-gradients"> = {
  name: "vanishing-gradients",
  claim: "the gradient fades on its way back through the layers",
  examine({ run, survey, fails, verdict }) {
    // A network that has converged has small gradients, too.
    if (fails !== "training" || verdict === "diverged" || survey.layers.length < 3) return null;
    const typical = gradientRatio(run.trace.probes);
    if (typical === null || typical > FADED) return null;
    return {
      confidence: typical < VANISHED ? 0.86 : 0.72,
      evidence: `the gradient of ${survey.layers[0]?.layer} is ${printNumber(typical)} times that of ${survey.layers.at(-1)?.layer} (median)`,
    };
  },
  cures: (config) => [
    changeActivation(config, "relu"),
    changeConfig(config, { "model.batchNorm": true }),
    scaleSteps(config, 4),
  ],
};

const FADED = 0.03;
