import { changeConfig } from "../../config/changeConfig.ts";
import { printNumber } from "../../words/printNumber.ts";
import type { Cause } from "../cause.ts";
import { changeActivation, scaleSteps } from "../change.ts";
import { median } from "../updateRatios.ts";

export const vanishingGradients: Cause<"vanishing-gradients"> = {
  name: "vanishing-gradients",
  claim: "the gradient fades on its way back through the layers",
  examine({ run, survey, fails, verdict }) {
    // A network that has converged has small gradients, too.
    if (fails !== "training" || verdict === "diverged" || survey.layers.length < 3) return null;
    const ratios = run.trace.probes
      .map(({ layers }) => {
        const first = layers[0]?.gradientNorm ?? 0;
        const last = layers.at(-1)?.gradientNorm ?? 0;
        return last > 0 && first > 0 ? first / last : null;
      })
      .filter((ratio): ratio is number => ratio !== null);
    if (ratios.length * 2 < run.trace.probes.length) return null;
    const typical = median(ratios);
    if (typical > FADED) return null;
    return {
      confidence: typical < FADED / 30 ? 0.86 : 0.72,
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
