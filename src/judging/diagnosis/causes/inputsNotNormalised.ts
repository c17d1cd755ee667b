import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { columnSpreads } from "../../evidence/spread.ts";
import type { Cause } from "../cause.ts";

export const inputsNotNormalised: Cause<"inputs-not-normalised"> = {
  name: "inputs-not-normalised",
  claim: "the inputs are far from the scale on which the initial weights make sense",
  examine({ inputs: pooled, fails, subject: { train } }) {
    if (fails !== "training") return null;
    // A table is judged by its worst column, since the average hides one that is far from 0. A picture's pixels share
    // one unit.
    const columns =
      train.inputShape.length === 1 ? columnSpreads(train.inputs, train.inputShape[0] as number) : [];
    const inputs = columns.reduce((worst, column) => (column.size > worst.size ? column : worst), pooled);
    const far = Math.max(inputs.size, pooled.deviation === 0 ? 0 : Math.abs(pooled.mean) / pooled.deviation);
    const tiny = pooled.size < TINY;
    if (far < FAR && !tiny) return null;
    return {
      // This ranks before its effects: saturated units, dead units and steps that overflow.
      rank: far >= VERY_FAR || tiny ? "inputs are very far off" : "inputs are far off",
      evidence: `inputs lie from ${printNumber(inputs.least)} to ${printNumber(inputs.most)}, mean ${printNumber(inputs.mean)}, standard deviation ${printNumber(inputs.deviation)}`,
    };
  },
  cures: (config) => [
    changeConfig(config, kindOf(config).scaledInputs),
    changeConfig(config, { "data.standardiseInputs": true, "data.standardiseTargets": true }),
  ],
};

/** Bounds on the root mean square of the inputs, and on their mean over their standard deviation. */
const FAR = 5;
const VERY_FAR = 20;
const TINY = 1e-3;
