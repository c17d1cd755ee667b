import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";

export const inputsNotNormalised: Cause<"inputs-not-normalised"> = {
  name: "inputs-not-normalised",
  claim: "the inputs are far from the scale on which the initial weights make sense",
  examine({ inputs, fails }) {
    if (fails !== "training") return null;
    const far = Math.max(inputs.size, inputs.deviation === 0 ? 0 : Math.abs(inputs.mean) / inputs.deviation);
    const tiny = inputs.size < TINY;
    if (far < FAR && !tiny) return null;
    return {
      // Before what it brings about: saturated and dead units, steps that overflow.
      rank: far >= VERY_FAR || tiny ? "inputs are very far off" : "inputs are far off",
      evidence: `inputs lie from ${printNumber(inputs.least)} to ${printNumber(inputs.most)}, mean ${printNumber(inputs.mean)}, standard deviation ${printNumber(inputs.deviation)}`,
    };
  },
  cures: (config) => [
    config.subject === "box-regression"
      ? changeConfig(config, { "data.inputRange": [0, 1] })
      : changeConfig(config, { "data.standardiseInputs": true }),
    changeConfig(config, { "data.standardiseInputs": true, "data.standardiseTargets": true }),
  ],
};

/** Root of the mean square, or mean over deviation. */
const FAR = 5;
const VERY_FAR = 20;
const TINY = 1e-3;
